import { zodResolver } from "@hookform/resolvers/zod";
import { useEffect } from "react";
import { useForm } from "react-hook-form";
import { useMutation } from "urql";
import * as z from "zod/mini";
import { graphql } from "../../gql";
import { codeOf, problemOf } from "../../graphql/errors";
import { refused } from "../../graphql/forms";
import { elapsed } from "../../lib/time";
import { Banner } from "../../ui/Banner";
import { Button } from "../../ui/Button";
import { PasswordInput } from "../../ui/PasswordInput";
import { TextInput } from "../../ui/TextInput";
import { ForgotPassword } from "./ForgotPassword";
import { FormError } from "./FormError";
import { useWait } from "./useWait";

const SignInDocument = graphql(`
  mutation SignIn($input: SignInInput!) {
    signIn(input: $input) {
      viewer {
        name
      }
      userErrors {
        message
        hint
      }
    }
  }
`);

const resolver = zodResolver(
  z.object({
    email: z.string().check(z.trim(), z.minLength(1, "Enter your email address.")),
    password: z.string().check(z.minLength(1, "Enter your password.")),
  }),
);

/** Email and password. What is wrong is said in one place, and never which of the two it is. */
export function SignInForm({ onSignedIn }: { onSignedIn: () => void }) {
  const [, signIn] = useMutation(SignInDocument);
  const form = useForm({ resolver, defaultValues: { email: "", password: "" } });
  const { errors, isSubmitting } = form.formState;
  const wait = useWait();
  const { setFocus } = form;
  // There is nothing else to do on this page.
  useEffect(() => setFocus("email"), [setFocus]);
  const again = `Try again in ${elapsed(wait.left)}`;

  const submit = form.handleSubmit(async (input) => {
    const { data, error } = await signIn({ input });
    const retryAfter = error && codeOf(error) === "RATE_LIMITED" ? problemOf(error).retryAfter : undefined;
    if (retryAfter !== undefined) {
      wait.begin(retryAfter);
    } else if (!refused(form, { error, userErrors: data?.signIn.userErrors })) {
      onSignedIn();
    } else {
      setFocus("password", { shouldSelect: true });
    }
  });

  return (
    <form noValidate onSubmit={submit} className="grid gap-4">
      <TextInput
        {...form.register("email")}
        label="Email"
        type="email"
        autoComplete="username"
        size="large"
        error={errors.email?.message}
      />
      <div className="relative">
        <PasswordInput
          {...form.register("password")}
          label="Password"
          autoComplete="current-password"
          size="large"
          error={errors.password?.message}
        />
        <ForgotPassword className="absolute top-0 right-0" />
      </div>
      {wait.left > 0 ? (
        <Banner tone="bad">
          <span role="alert">Too many failed sign-ins.</span> <span role="timer">{again}.</span>
        </Banner>
      ) : (
        <FormError error={errors.root} />
      )}
      <Button
        type="submit"
        variant="primary"
        size="large"
        busy={isSubmitting}
        busyLabel="Signing in"
        disabledReason={wait.left > 0 ? again : undefined}
      >
        Sign in
      </Button>
    </form>
  );
}
