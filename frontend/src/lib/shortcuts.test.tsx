import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { type Shortcuts, setShortcutsOff, useShortcuts } from "./shortcuts";

afterEach(() => setShortcutsOff(false));

function Part({ shortcuts }: { shortcuts: Shortcuts }) {
  useShortcuts(shortcuts);
  return null;
}

test("a pair of one part wins over a single key of another", async () => {
  const [history, sync] = [vi.fn(), vi.fn()];
  render(
    <>
      <Part shortcuts={{ "g s": history }} />
      <Part shortcuts={{ s: sync }} />
    </>,
  );
  await userEvent.keyboard("gs");
  expect(history).toHaveBeenCalledOnce();
  expect(sync).not.toHaveBeenCalled();
  await userEvent.keyboard("s");
  expect(sync).toHaveBeenCalledOnce();
});

test("the second key of a pair does not reach what has the focus", async () => {
  const [overview, onKeyDown] = [vi.fn(), vi.fn()];
  render(
    <>
      <Part shortcuts={{ "g o": overview }} />
      <button type="button" onKeyDown={(event) => onKeyDown(event.key)}>
        Row
      </button>
    </>,
  );
  screen.getByRole("button").focus();
  await userEvent.keyboard("go");
  expect(overview).toHaveBeenCalledOnce();
  expect(onKeyDown.mock.calls).toEqual([["g"]]);
});

test("of two parts with the same key the later one acts, and gives it back when it goes", async () => {
  const [page, drawer] = [vi.fn(), vi.fn()];
  const { rerender } = render(<Part shortcuts={{ j: page }} />);
  const both = (
    <>
      <Part shortcuts={{ j: page }} />
      <Part shortcuts={{ j: drawer }} />
    </>
  );
  rerender(both);
  await userEvent.keyboard("j");
  rerender(<Part shortcuts={{ j: page }} />);
  await userEvent.keyboard("j");
  expect(drawer).toHaveBeenCalledOnce();
  expect(page).toHaveBeenCalledOnce();
});

test("nothing happens while typing, with a modifier, or when they are off", async () => {
  const sync = vi.fn();
  render(
    <>
      <Part shortcuts={{ s: sync, "g s": sync }} />
      <input />
    </>,
  );
  await userEvent.type(screen.getByRole("textbox"), "gs");
  (document.activeElement as HTMLElement).blur();
  await userEvent.keyboard("{Control>}s{/Control}");
  setShortcutsOff(true);
  await userEvent.keyboard("gs");
  expect(sync).not.toHaveBeenCalled();
});
