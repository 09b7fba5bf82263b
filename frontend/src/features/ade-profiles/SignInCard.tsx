import { Card } from "../../ui/Card";
import { DefinitionList } from "../../ui/DefinitionList";
import { TextInput } from "../../ui/TextInput";
import type { EditorPartProps } from "./editor";

/** The web page that people sign in at before the device enrolls. */
export function SignInCard({ editing: { values, edit, errorOf }, readOnly }: EditorPartProps) {
  return (
    <Card title="Sign-in page" meta="Before the device enrolls">
      {readOnly ? (
        <DefinitionList items={[{ label: "Address", value: values.configurationWebUrl, wide: true }]} />
      ) : (
        <TextInput
          label="Address of the page"
          optional
          type="url"
          inputMode="url"
          value={values.configurationWebUrl ?? ""}
          maxLength={2000}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => edit({ configurationWebUrl: event.target.value.trim() || null })}
          error={errorOf("configurationWebUrl")}
          hint="Setup Assistant opens it, so that people sign in there first. It has to begin with https and belong to this server's domain. Write {key} where it is to have the enrollment key, such as https://login.example.org/ade?key={key}: with it the page gets the device's enrollment profile."
        />
      )}
    </Card>
  );
}
