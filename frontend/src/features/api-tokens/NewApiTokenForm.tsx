import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import { useMutation } from "urql";
import * as z from "zod/mini";
import { graphql } from "../../gql";
import { refused } from "../../graphql/forms";
import { date } from "../../lib/time";
import { serverNow } from "../../lib/useNow";
import { Button } from "../../ui/Button";
import { DialogBody, DialogFooter } from "../../ui/Dialog";
import { Select } from "../../ui/Select";
import { TextInput } from "../../ui/TextInput";
import { RoleField } from "../people/RoleField";
import { role } from "../people/role";
import { FormError } from "../session/FormError";
import type { Secret } from "./NewSecret";

const CreateApiTokenDocument = graphql(`
  mutation CreateApiToken($input: CreateAPITokenInput!) {
    createAPIToken(input: $input) {
      apiToken {
        id
        ...ApiToken
      }
      secret
      userErrors {
        field
        message
        hint
      }
    }
  }
`);

const day = 24 * 3_600_000;
const lives = ["30", "90", "365", "never"] as const;

const schema = z.object({
  name: z
    .string()
    .check(z.trim(), z.minLength(1, "Say what the token is for."), z.maxLength(125, "Use 125 characters or fewer.")),
  role,
  life: z.enum(lives),
});
const resolver = zodResolver(schema);
const blank: z.input<typeof schema> = { name: "", role: "VIEWER", life: "90" };

function endOf(life: (typeof lives)[number], now: number): Date | undefined {
  return life === "never" ? undefined : new Date(now + Number(life) * day);
}

type NewApiTokenFormProps = { onCreated: (secret: Secret) => void; onCancel: () => void };

export function NewApiTokenForm({ onCreated, onCancel }: NewApiTokenFormProps) {
  const [, create] = useMutation(CreateApiTokenDocument);
  const form = useForm({ resolver, mode: "onTouched", defaultValues: blank });
  const { errors, isSubmitting } = form.formState;

  const submit = form.handleSubmit(async ({ name, role, life }) => {
    const end = endOf(life, serverNow());
    const { data, error } = await create({ input: { name, role, ...(end && { expiresAt: end.toISOString() }) } });
    if (refused(form, { error, userErrors: data?.createAPIToken.userErrors })) return;
    onCreated({ name, secret: data?.createAPIToken.secret ?? "" });
  });

  return (
    <form noValidate onSubmit={submit} className="flex min-h-0 flex-1 flex-col">
      <DialogBody>
        <TextInput
          {...form.register("name")}
          label="Name"
          hint="What uses it, such as ci-inventory."
          autoComplete="off"
          error={errors.name?.message}
        />
        <RoleField field={form.register("role")} error={errors.role?.message} />
        <Select
          {...form.register("life")}
          label="Expires"
          error={errors.life?.message}
          options={lives.map((life) => {
            const end = endOf(life, serverNow());
            return { value: life, label: end ? `In ${life} days, ${date(end)}` : "Never" };
          })}
        />
        <FormError error={errors.root} />
      </DialogBody>
      <DialogFooter>
        <p className="mr-auto text-fg-3 text-hint max-sm:w-full">You see the token once, right after this.</p>
        <Button onClick={onCancel} disabled={isSubmitting}>
          Cancel
        </Button>
        <Button type="submit" variant="primary" busy={isSubmitting} busyLabel="Creating">
          Create token
        </Button>
      </DialogFooter>
    </form>
  );
}
