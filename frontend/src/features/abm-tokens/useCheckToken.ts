import { useMutation } from "urql";
import { problemOf } from "../../graphql/errors";
import { useToast } from "../../ui/Toast";
import { syncs } from "../organizations/OrganizationsProvider";
import { CheckTokenDocument, type ListedToken } from "./tokenList";

/** Asks Apple now whether a token works. Its card shows what came of it; a toast says that it was asked. */
export function useCheckToken({ id, name }: Pick<ListedToken, "id" | "name">) {
  const [{ fetching }, checkToken] = useMutation(CheckTokenDocument);
  const { show } = useToast();
  const check = async () => {
    const { data, error } = await checkToken({ input: { abmTokenId: id } });
    const refusal = error ? problemOf(error) : data?.checkABMToken.userErrors[0];
    const state = data?.checkABMToken.abmToken?.state;
    if (refusal || !state) {
      const description = [refusal?.message, refusal?.hint].filter(Boolean).join(" ");
      show({ tone: "bad", title: `The token of ${name} was not checked`, description });
    } else if (syncs(state)) {
      show({ tone: "ok", title: `Apple accepts the token of ${name}` });
    } else {
      show({ tone: "info", title: `${name} is still paused`, description: "Apple was asked just now." });
    }
  };
  return { check, checking: fetching };
}
