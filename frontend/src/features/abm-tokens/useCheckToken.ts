import { useMutation } from "urql";
import { refusalOf } from "../../graphql/forms";
import { useToast } from "../../ui/Toast";
import { syncs } from "../organizations/OrganizationsProvider";
import { CheckTokenDocument, type ListedToken } from "./tokenList";

/** Asks Apple now whether a token works. Its card shows what came of it; a toast says that it was asked. */
export function useCheckToken({ id, name }: Pick<ListedToken, "id" | "name">) {
  const [{ fetching }, checkToken] = useMutation(CheckTokenDocument);
  const { show } = useToast();
  const check = async () => {
    const { data, error } = await checkToken({ input: { abmTokenId: id } });
    const description = refusalOf({ error, userErrors: data?.checkABMToken.userErrors });
    const state = data?.checkABMToken.abmToken?.state;
    if (description || !state) {
      show({ tone: "bad", title: `The token of ${name} was not checked`, description });
    } else if (syncs(state)) {
      show({ tone: "ok", title: `Apple accepts the token of ${name}` });
    } else {
      show({ tone: "info", title: `${name} is still paused`, description: "Apple was asked just now." });
    }
  };
  return { check, checking: fetching };
}
