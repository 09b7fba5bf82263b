import { useMutation } from "urql";
import { graphql } from "../../gql";
import type { MutationAnswer } from "../../graphql/forms";

const SignOutEverywhereDocument = graphql(`
  mutation SignOutEverywhere($input: SignOutEverywhereInput!) {
    signOutEverywhere(input: $input) {
      userErrors {
        message
        hint
      }
    }
  }
`);

/** Ends all sessions of a person; without one, of whoever is signed in. */
export function useSignOutEverywhere() {
  const [, signOut] = useMutation(SignOutEverywhereDocument);
  return async (userId?: string): Promise<MutationAnswer> => {
    const { data, error } = await signOut({ input: userId === undefined ? {} : { userId } });
    return { error, userErrors: data?.signOutEverywhere.userErrors };
  };
}
