import type { ProfileEditing } from "./useProfileEditing";

export type EditorPartProps = {
  editing: ProfileEditing;
  /** For those who may not edit, and on a phone. */
  readOnly: boolean;
};
