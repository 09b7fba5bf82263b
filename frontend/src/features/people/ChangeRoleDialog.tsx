import { useForm } from "react-hook-form";
import { refused } from "../../graphql/forms";
import { Button } from "../../ui/Button";
import { DialogBody, DialogFooter, DialogFrame } from "../../ui/Dialog";
import { FormError } from "../session/FormError";
import type { Person } from "./person";
import { RoleField } from "./RoleField";
import { useUpdatePerson } from "./useUpdatePerson";

type ChangeRoleDialogProps = { person: Person; onDone: () => void; onCancel: () => void };

export function ChangeRoleDialog({ person, onDone, onCancel }: ChangeRoleDialogProps) {
  const update = useUpdatePerson();
  const form = useForm({ defaultValues: { role: person.role } });
  const { errors, isSubmitting } = form.formState;

  const submit = form.handleSubmit(async ({ role }) => {
    if (!refused(form, await update({ userId: person.id, role }))) onDone();
  });

  return (
    <DialogFrame
      open
      onOpenChange={(open) => !open && onCancel()}
      title={`Change the role of ${person.name}`}
      dismissible={!isSubmitting}
    >
      <form onSubmit={submit} className="flex min-h-0 flex-1 flex-col">
        <DialogBody>
          <p className="text-fg-2">The new role holds at once, in the sessions that {person.name} has too.</p>
          <RoleField field={form.register("role")} error={errors.role?.message} />
          <FormError error={errors.root} />
        </DialogBody>
        <DialogFooter>
          <Button onClick={onCancel} disabled={isSubmitting}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" busy={isSubmitting} busyLabel="Changing">
            Change role
          </Button>
        </DialogFooter>
      </form>
    </DialogFrame>
  );
}
