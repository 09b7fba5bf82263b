import { graphql } from "../../gql";
import type { AssignmentPreviewFieldsFragment as Fields } from "../../gql/graphql";

export type Preview = Fields;

export const AssignmentPreviewFragment = graphql(`
  fragment AssignmentPreviewFields on AssignmentPreview {
    devices
    changes {
      devices
      from {
        id
        name
      }
      to {
        id
        name
      }
    }
    unchanged
    observed
    foreign
    activated
    throttled
    migrationsNotAwaited
    warnings {
      field
      message
    }
  }
`);

export const AssignmentPreviewDocument = graphql(`
  query AssignmentPreview($input: AssignmentPreviewInput!) {
    assignmentPreview(input: $input) {
      preview {
        ...AssignmentPreviewFields
      }
      userErrors {
        field
        message
        hint
        code
      }
    }
  }
`);

export const AssignDocument = graphql(`
  mutation AssignADEProfile($input: AssignADEProfileInput!) {
    assignADEProfile(input: $input) {
      assignmentBatch {
        ...AssignmentBatchFields
      }
      userErrors {
        field
        message
        hint
        code
      }
    }
  }
`);

export const UnassignDocument = graphql(`
  mutation UnassignADEProfile($input: UnassignADEProfileInput!) {
    unassignADEProfile(input: $input) {
      assignmentBatch {
        ...AssignmentBatchFields
      }
      userErrors {
        field
        message
        hint
        code
      }
    }
  }
`);

export const ClearDocument = graphql(`
  mutation ClearADEProfile($input: ClearADEProfileInput!) {
    clearADEProfile(input: $input) {
      assignmentBatch {
        ...AssignmentBatchFields
      }
      userErrors {
        field
        message
        hint
        code
      }
    }
  }
`);

/** Of the devices that are to lose their profile: how many they are, have fetched one, and have none already. */
export const ClearPreviewDocument = graphql(`
  query ClearPreview($all: DeviceWhereInput!, $fetched: DeviceWhereInput!, $without: DeviceWhereInput!) {
    all: devices(first: 0, where: $all) {
      totalCount
    }
    fetched: devices(first: 0, where: $fetched) {
      totalCount
    }
    without: devices(first: 0, where: $without) {
      totalCount
    }
  }
`);
