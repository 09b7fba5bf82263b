import { useMutation } from "urql";
import { graphql, readFragment } from "../../gql";
import { ConfirmAction } from "../session/ConfirmAction";
import { useSession } from "../session/session";
import { useSignOutEverywhere } from "../session/useSignOutEverywhere";
import { ChangeRoleDialog } from "./ChangeRoleDialog";
import { type NewLink, type Person, PersonFragment } from "./person";
import { useUpdatePerson } from "./useUpdatePerson";

export type PersonAction = "role" | "link" | "signOut" | "disable" | "enable" | "remove";

const ResetUserDocument = graphql(`
  mutation ResetUser($input: ResetUserInput!) {
    resetUser(input: $input) {
      user {
        id
        ...Person
      }
      linkPath
      userErrors {
        message
        hint
      }
    }
  }
`);

const RemoveUserDocument = graphql(`
  mutation RemoveUser($input: RemoveUserInput!) {
    removeUser(input: $input) {
      userErrors {
        message
        hint
      }
    }
  }
`);

type PersonActionDialogProps = {
  action: PersonAction;
  person: Person;
  onLink: (link: NewLink) => void;
  onDone: () => void;
  onCancel: () => void;
};

/** Asks before something is done to a person. */
export function PersonActionDialog({ action, ...props }: PersonActionDialogProps) {
  const { viewer } = useSession();
  // What changes oneself changes what the whole page may show: it begins anew.
  const done = props.person.id === viewer.id ? () => location.reload() : props.onDone;
  switch (action) {
    case "role":
      return <ChangeRoleDialog {...props} onDone={done} />;
    case "link":
      return <NewLinkDialog {...props} />;
    case "signOut":
      return <SignOutDialog {...props} onDone={done} />;
    case "disable":
    case "enable":
      return <AbleDialog {...props} disable={action === "disable"} onDone={done} />;
    case "remove":
      return <RemoveDialog {...props} onDone={done} />;
  }
}

type DialogProps = Omit<PersonActionDialogProps, "action">;

function NewLinkDialog({ person, onLink, onCancel }: DialogProps) {
  const [, reset] = useMutation(ResetUserDocument);
  return (
    <ConfirmAction
      title={`Make a new link for ${person.name}`}
      confirmLabel="Make link"
      busyLabel="Making link"
      run={async () => {
        const { data, error } = await reset({ input: { userId: person.id } });
        return { error, userErrors: data?.resetUser.userErrors, made: data?.resetUser };
      }}
      onDone={({ made }) => {
        const expiresAt = readFragment(PersonFragment, made?.user)?.linkExpiresAt;
        onLink({ name: person.name, path: made?.linkPath ?? "", expiresAt });
      }}
      onCancel={onCancel}
    >
      {person.status === "INVITED" ? (
        <p>The link that was made before stops working at once.</p>
      ) : (
        <p>
          The old password stops working at once, and {person.name} is signed out everywhere. By the link they choose a
          new password.
        </p>
      )}
    </ConfirmAction>
  );
}

function SignOutDialog({ person, onDone, onCancel }: DialogProps) {
  const signOutEverywhere = useSignOutEverywhere();
  return (
    <ConfirmAction
      title={`Sign ${person.name} out everywhere`}
      confirmLabel="Sign out"
      busyLabel="Signing out"
      run={() => signOutEverywhere(person.id)}
      onDone={onDone}
      onCancel={onCancel}
    >
      <p>All sessions of {person.name} end at once. They can sign in again.</p>
    </ConfirmAction>
  );
}

function AbleDialog({ person, disable, onDone, onCancel }: DialogProps & { disable: boolean }) {
  const update = useUpdatePerson();
  const verb = disable ? "Disable" : "Enable";
  return (
    <ConfirmAction
      title={`${verb} ${person.name}`}
      confirmLabel={verb}
      busyLabel={disable ? "Disabling" : "Enabling"}
      run={() => update({ userId: person.id, disabled: disable })}
      onDone={onDone}
      onCancel={onCancel}
    >
      {disable ? (
        <p>{person.name} is signed out everywhere and cannot sign in, until somebody enables them again.</p>
      ) : (
        <p>{person.name} can sign in again.</p>
      )}
    </ConfirmAction>
  );
}

function RemoveDialog({ person, onDone, onCancel }: DialogProps) {
  const [, remove] = useMutation(RemoveUserDocument);
  return (
    <ConfirmAction
      title={`Remove ${person.name}`}
      confirmLabel="Remove"
      busyLabel="Removing"
      danger
      run={async () => {
        const { data, error } = await remove({ input: { userId: person.id } }, { additionalTypenames: ["User"] });
        return { error, userErrors: data?.removeUser.userErrors };
      }}
      onDone={onDone}
      onCancel={onCancel}
    >
      <p>
        {person.name} ({person.email}) is signed out everywhere and cannot sign in any more. What they did stays in the
        audit log. This cannot be undone; they can be added again.
      </p>
    </ConfirmAction>
  );
}
