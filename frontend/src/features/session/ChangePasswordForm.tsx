import { zodResolver } from "@hookform/resolvers/zod";
import { useForm, useWatch } from "react-hook-form";
import { useMutation } from "urql";
import * as z from "zod/mini";
import { graphql } from "../../gql";
import { refused } from "../../graphql/forms";
import { Button } from "../../ui/Button";
import { PasswordInput } from "../../ui/PasswordInput";
import { useToast } from "../../ui/Toast";
import { FormError } from "./FormError";
import { NewPasswordInput } from "./NewPasswordInput";
import { newPassword } from "./password";

const ChangePasswordDocument = graphql(`
  mutation ChangePassword($input: ChangePasswordInput!) {
    changePassword(input: $input) {
      userErrors {
        field
        message
        hint
      }
    }
  }
`);

const resolver = zodResolver(
  z.object({
    currentPassword: z.string().check(z.minLength(1, "Enter your present password.")),
    newPassword,
  }),
);

export function ChangePasswordForm({ email }: { email: string }) {
  const [, change] = useMutation(ChangePasswordDocument);
  const toaster = useToast();
  const form = useForm({ resolver, mode: "onTouched", defaultValues: { currentPassword: "", newPassword: "" } });
  const { errors, isSubmitting } = form.formState;
  const typed = useWatch({ control: form.control, name: "newPassword" });

  const submit = form.handleSubmit(async (input) => {
    const { data, error } = await change({ input });
    if (refused(form, { error, userErrors: data?.changePassword.userErrors })) return;
    form.reset();
    toaster.show({ title: "Password changed", description: "Your other browsers are signed out." });
  });

  return (
    <form noValidate onSubmit={submit} className="grid max-w-100 gap-4">
      {/* Tells password managers whose password this is. */}
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <PasswordInput
        {...form.register("currentPassword")}
        label="Present password"
        autoComplete="current-password"
        error={errors.currentPassword?.message}
      />
      <NewPasswordInput
        {...form.register("newPassword")}
        label="New password"
        typed={typed}
        error={errors.newPassword?.message}
      />
      <FormError error={errors.root} />
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" variant="primary" busy={isSubmitting} busyLabel="Saving">
          Change password
        </Button>
        <p className="text-fg-3 text-hint">This browser stays signed in, others do not.</p>
      </div>
    </form>
  );
}
