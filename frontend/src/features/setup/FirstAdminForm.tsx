import { zodResolver } from "@hookform/resolvers/zod";
import { useForm, useWatch } from "react-hook-form";
import { useMutation } from "urql";
import * as z from "zod/mini";
import { graphql } from "../../gql";
import { refused } from "../../graphql/forms";
import { Button } from "../../ui/Button";
import { Kbd } from "../../ui/Kbd";
import { TextInput } from "../../ui/TextInput";
import { FormError } from "../session/FormError";
import { NewPasswordInput } from "../session/NewPasswordInput";
import { newPassword } from "../session/password";
import { personEmail, personName } from "../session/person";

const CreateFirstAdminDocument = graphql(`
  mutation CreateFirstAdmin($input: CreateFirstAdminInput!) {
    createFirstAdmin(input: $input) {
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

const resolver = zodResolver(z.object({ name: personName, email: personEmail, password: newPassword }));

type FirstAdminFormProps = { code: string; onCreated: () => void };

export function FirstAdminForm({ code, onCreated }: FirstAdminFormProps) {
  const [, create] = useMutation(CreateFirstAdminDocument);
  const form = useForm({ resolver, mode: "onTouched", defaultValues: { name: "", email: "", password: "" } });
  const { errors, isSubmitting } = form.formState;
  const typed = useWatch({ control: form.control, name: "password" });

  const submit = form.handleSubmit(async (input) => {
    const { data, error } = await create({ input: { code, ...input } });
    if (!refused(form, { error, userErrors: data?.createFirstAdmin.userErrors })) onCreated();
  });

  return (
    <form noValidate onSubmit={submit} className="grid max-w-125 gap-5">
      <TextInput
        {...form.register("name")}
        label="Your name"
        autoComplete="name"
        size="large"
        error={errors.name?.message}
      />
      <TextInput
        {...form.register("email")}
        label="Work email"
        type="email"
        autoComplete="username"
        size="large"
        error={errors.email?.message}
      />
      <NewPasswordInput
        {...form.register("password")}
        label="Password"
        size="large"
        typed={typed}
        error={errors.password?.message}
      />
      <FormError error={errors.root} />
      <div className="flex items-center gap-3">
        <Button type="submit" variant="primary" size="large" busy={isSubmitting} busyLabel="Creating">
          Create administrator
        </Button>
        <span className="flex items-center gap-1.5 text-fg-3 text-hint max-sm:hidden">
          or press <Kbd>↵</Kbd>
        </span>
      </div>
    </form>
  );
}
