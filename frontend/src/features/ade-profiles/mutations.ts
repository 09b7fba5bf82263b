import { graphql } from "../../gql";

export const CreateProfileDocument = graphql(`
  mutation CreateADEProfile($input: CreateADEProfileInput!) {
    createADEProfile(input: $input) {
      adeProfile {
        id
      }
      userErrors {
        field
        message
        hint
      }
    }
  }
`);

export const UpdateProfileDocument = graphql(`
  mutation UpdateADEProfile($input: UpdateADEProfileInput!) {
    updateADEProfile(input: $input) {
      adeProfile {
        id
        ...AdeProfileEditor
      }
      userErrors {
        field
        message
        hint
      }
    }
  }
`);

export const PublishProfileDocument = graphql(`
  mutation PublishADEProfile($input: PublishADEProfileInput!) {
    publishADEProfile(input: $input) {
      adeProfile {
        id
        ...AdeProfileEditor
      }
      assignmentBatch {
        ...AssignmentBatchFields
      }
      userErrors {
        field
        message
        hint
      }
    }
  }
`);

export const DiscardDraftDocument = graphql(`
  mutation DiscardADEProfileDraft($input: DiscardADEProfileDraftInput!) {
    discardADEProfileDraft(input: $input) {
      adeProfile {
        id
        ...AdeProfileEditor
      }
      userErrors {
        message
        hint
      }
    }
  }
`);

export const DeleteProfileDocument = graphql(`
  mutation DeleteADEProfile($input: DeleteADEProfileInput!) {
    deleteADEProfile(input: $input) {
      userErrors {
        field
        message
        hint
      }
    }
  }
`);
