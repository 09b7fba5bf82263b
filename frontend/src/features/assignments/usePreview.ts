import { useQuery } from "urql";
import { readFragment } from "../../gql";
import type { AssignmentPreviewInput } from "../../gql/graphql";
import { refusalOf } from "../../graphql/forms";
import { AssignmentPreviewDocument, AssignmentPreviewFragment } from "./assign";

/** What an assignment would do now. Another input is another preview: the one before it is not shown meanwhile. */
export function usePreview(input: AssignmentPreviewInput | undefined) {
  const [{ data, error, fetching }] = useQuery({
    query: AssignmentPreviewDocument,
    variables: { input: input ?? {} },
    pause: !input,
    requestPolicy: "network-only",
  });
  if (!input || fetching) return { fetching: Boolean(input), preview: undefined, refusal: undefined };
  return {
    fetching: false,
    preview: readFragment(AssignmentPreviewFragment, data?.assignmentPreview.preview) ?? undefined,
    refusal: refusalOf({ error, userErrors: data?.assignmentPreview.userErrors }),
  };
}
