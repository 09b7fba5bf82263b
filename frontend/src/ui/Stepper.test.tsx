import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { Stepper } from "./Stepper";

function StepLink({ children, ...props }: React.ComponentProps<"a">) {
  return (
    <a {...props} href="#1">
      {children}
    </a>
  );
}

test("a step that is done leads back to itself, the others lead nowhere", () => {
  render(
    <Stepper
      steps={[
        { title: "Generate the key", state: "done", render: <StepLink /> },
        { title: "Upload the key", state: "current" },
        { title: "Upload the token", state: "todo" },
      ]}
    />,
  );
  const links = screen.getAllByRole("link");
  expect(links).toHaveLength(1);
  expect(links[0]).toHaveAccessibleName(/Generate the key, done/);
  expect(links[0]).toHaveAttribute("href", "#1");
});
