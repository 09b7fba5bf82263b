import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import { useMutation } from "urql";
import * as z from "zod/mini";
import { graphql, readFragment } from "../../gql";
import { refused } from "../../graphql/forms";
import { Button } from "../../ui/Button";
import { DialogBody, DialogFooter, DialogFrame } from "../../ui/Dialog";
import { TextInput } from "../../ui/TextInput";
import { FormError } from "../session/FormError";
import { personEmail, personName } from "../session/person";
import { type NewLink, PersonFragment } from "./person";
import { RoleField } from "./RoleField";
import { role } from "./role";

const AddUserDocument = graphql(`
  mutation AddUser($input: AddUserInput!) {
    addUser(input: $input) {
      user {
        id
        ...Person
      }
      linkPath
      userErrors {
        field
        message
        hint
      }
    }
  }
`);

const schema = z.object({ name: personName, email: personEmail, role });
const resolver = zodResolver(schema);
const blank: z.input<typeof schema> = { name: "", email: "", role: "OPERATOR" };

type AddPersonDialogProps = { onAdded: (link: NewLink) => void; onCancel: () => void };

export function AddPersonDialog({ onAdded, onCancel }: AddPersonDialogProps) {
  const [, add] = useMutation(AddUserDocument);
  const form = useForm({ resolver, mode: "onTouched", defaultValues: blank });
  const { errors, isSubmitting } = form.formState;

  const submit = form.handleSubmit(async (input) => {
    const { data, error } = await add({ input });
    if (refused(form, { error, userErrors: data?.addUser.userErrors })) return;
    const expiresAt = readFragment(PersonFragment, data?.addUser.user)?.linkExpiresAt;
    onAdded({ name: input.name, path: data?.addUser.linkPath ?? "", expiresAt });
  });

  return (
    <DialogFrame open onOpenChange={(open) => !open && onCancel()} title="Add a person" dismissible={!isSubmitting}>
      <form noValidate onSubmit={submit} className="flex min-h-0 flex-1 flex-col">
        <DialogBody>
          <TextInput {...form.register("name")} label="Name" autoComplete="off" error={errors.name?.message} />
          <TextInput
            {...form.register("email")}
            label="Email"
            type="email"
            autoComplete="off"
            error={errors.email?.message}
          />
          <RoleField field={form.register("role")} error={errors.role?.message} />
          <FormError error={errors.root} />
        </DialogBody>
        <DialogFooter>
          <p className="mr-auto text-fg-3 text-hint max-sm:w-full">You get a link to send, right after this.</p>
          <Button onClick={onCancel} disabled={isSubmitting}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" busy={isSubmitting} busyLabel="Adding">
            Add person
          </Button>
        </DialogFooter>
      </form>
    </DialogFrame>
  );
}
