import { zodResolver } from "@hookform/resolvers/zod";
import { useForm, useWatch } from "react-hook-form";
import { useMutation } from "urql";
import * as z from "zod/mini";
import { graphql } from "../../gql";
import type { JoinLinkQuery } from "../../gql/graphql";
import { refused } from "../../graphql/forms";
import { Button } from "../../ui/Button";
import { TextInput } from "../../ui/TextInput";
import { Time } from "../../ui/Time";
import { FormError } from "./FormError";
import { NewPasswordInput } from "./NewPasswordInput";
import { newPassword } from "./password";

const RedeemLinkDocument = graphql(`
  mutation RedeemLink($input: RedeemLinkInput!) {
    redeemLink(input: $input) {
      viewer {
        name
      }
      userErrors {
        field
        message
        hint
      }
    }
  }
`);

const resolver = zodResolver(z.object({ password: newPassword }));

type JoinFormProps = {
  code: string;
  link: NonNullable<JoinLinkQuery["oneTimeLink"]>;
  onSignedIn: () => void;
};

export function JoinForm({ code, link, onSignedIn }: JoinFormProps) {
  const [, redeem] = useMutation(RedeemLinkDocument);
  const form = useForm({ resolver, mode: "onTouched", defaultValues: { password: "" } });
  const { errors, isSubmitting } = form.formState;
  const typed = useWatch({ control: form.control, name: "password" });
  const joins = link.purpose === "INVITATION";

  const submit = form.handleSubmit(async ({ password }) => {
    const { data, error } = await redeem({ input: { code, password } });
    if (!refused(form, { error, userErrors: data?.redeemLink.userErrors })) onSignedIn();
  });

  return (
    <form noValidate onSubmit={submit} className="grid gap-4">
      <p className="text-fg-2">
        {joins
          ? "You were added to this server. Choose a password to join."
          : "Your old password does not work any more."}{" "}
        This link works once, until <Time value={link.expiresAt} />.
      </p>
      {/* Read only, so that password managers keep the password under the right name. */}
      <TextInput label="Email" type="email" autoComplete="username" size="large" value={link.email ?? ""} readOnly />
      <NewPasswordInput
        {...form.register("password")}
        label={joins ? "Password" : "New password"}
        size="large"
        typed={typed}
        error={errors.password?.message}
      />
      <FormError error={errors.root} />
      <Button type="submit" variant="primary" size="large" busy={isSubmitting} busyLabel={joins ? "Joining" : "Saving"}>
        {joins ? "Join" : "Set password"}
      </Button>
    </form>
  );
}
