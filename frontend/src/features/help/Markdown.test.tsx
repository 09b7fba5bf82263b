import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { Markdown } from "./Markdown";

test("a picture is there for both themes, is loaded when it is near, and opens in full size", () => {
  render(<Markdown blocks={[{ kind: "picture", name: "device", text: "A device that has enrolled" }]} />);
  const [light, dark, ...others] = screen.getAllByRole("img", { name: "A device that has enrolled" });
  expect(others).toEqual([]);
  expect(light).toHaveAttribute("src", expect.stringMatching(/device\.webp$/));
  expect(dark).toHaveAttribute("src", expect.stringMatching(/device-dark\.webp$/));
  for (const picture of [light, dark]) {
    expect(picture).toHaveAttribute("loading", "lazy");
    expect(picture).toHaveAttribute("width", "1280"); // what comes after it does not move when it comes
    expect(picture?.closest("a")).toHaveAttribute("href", picture?.getAttribute("src"));
  }
});
