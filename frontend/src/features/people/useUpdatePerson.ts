import { useMutation } from "urql";
import { graphql } from "../../gql";
import type { UpdateUserInput } from "../../gql/graphql";
import type { MutationAnswer } from "../../graphql/forms";

const UpdateUserDocument = graphql(`
  mutation UpdateUser($input: UpdateUserInput!) {
    updateUser(input: $input) {
      user {
        id
        ...Person
      }
      userErrors {
        field
        message
        hint
      }
    }
  }
`);

export function useUpdatePerson() {
  const [, update] = useMutation(UpdateUserDocument);
  return async (input: UpdateUserInput): Promise<MutationAnswer> => {
    const { data, error } = await update({ input });
    return { error, userErrors: data?.updateUser.userErrors };
  };
}
