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
