import { useMutation } from "urql";
import { graphql } from "../../gql";

const SignOutDocument = graphql(`
  mutation SignOut {
    signOut {
      userErrors {
        message
      }
    }
  }
`);

/** Ends the session and leaves with a new page, so that nothing of it stays in memory. */
export function useSignOut() {
  const [, signOut] = useMutation(SignOutDocument);
  return async () => {
    const { error } = await signOut({});
    if (!error) location.assign("/signin");
  };
}
