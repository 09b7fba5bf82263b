import { useState } from "react";
import { useClient, useMutation } from "urql";
import { readFragment } from "../../gql";
import { problemOf, sentence, type UserError } from "../../graphql/errors";
import {
  type AppleKeys,
  appleKeys,
  changedKeys,
  type Edits,
  publishedKeys,
  savedValues,
  type Values,
  withEdit,
} from "./content";
import { UpdateProfileDocument } from "./mutations";
import { ContentFragment, type Profile, ProfileDocument } from "./profile";

export type ProfileEditing = ReturnType<typeof useProfileEditing>;

/** The edits of a profile that are not saved yet, over what the server has. */
export function useProfileEditing(profile: Profile) {
  const client = useClient();
  const [{ fetching: saving }, update] = useMutation(UpdateProfileDocument);
  const [edits, setEdits] = useState<Edits>({});
  const [errors, setErrors] = useState<readonly UserError[]>([]);

  const published = profile.publishedVersion;
  const saved = savedValues(
    profile,
    readFragment(ContentFragment, profile.draft),
    readFragment(ContentFragment, published?.content),
  );
  const values: Values = { ...saved, ...edits };
  // A version that was published under another name says so; one that says no name has the profile's.
  const before: AppleKeys | undefined = published
    ? { profile_name: profile.name, ...publishedKeys(published.json) }
    : undefined;
  const after = appleKeys(values);

  return {
    values,
    /** Whether something would be lost. */
    dirty: Object.keys(edits).length > 0,
    /** The keys as published, and as they are edited. */
    before,
    after,
    /** Apple's keys that differ from the published version. */
    changed: before ? changedKeys(before, after) : [],
    errors,
    saving,
    edit(edit: Edits) {
      setEdits((now) => withEdit(now, saved, edit));
      setErrors((now) => now.filter(({ field }) => !field || !((field.at(-1) ?? "") in edit)));
    },
    errorOf(field: keyof Values): string | undefined {
      const error = errors.find((each) => each.field?.at(-1) === field);
      return error && sentence(error);
    },
    /** Shows what was refused when the profile was published. */
    refuse: setErrors,
    forget() {
      setEdits({});
      setErrors([]);
    },
    /** Saves the edits as a draft. Whether nothing was refused. */
    async save(): Promise<boolean> {
      if (Object.keys(edits).length === 0) return true;
      const sent = edits;
      const { data, error } = await update({ input: { adeProfileId: profile.id, draft: true, ...sent } });
      const refused = error ? [problemOf(error)] : (data?.updateADEProfile.userErrors ?? []);
      setErrors(refused);
      if (refused.length > 0) return false;
      // The edits go when the page has what they became, so that nothing jumps back for a moment.
      await client.query(ProfileDocument, { id: profile.id }, { requestPolicy: "network-only" }).toPromise();
      setEdits((now) => Object.fromEntries(Object.entries(now).filter(([f, v]) => sent[f as keyof Values] !== v)));
      return true;
    },
  };
}
