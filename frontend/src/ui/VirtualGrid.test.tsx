import { act, fireEvent, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type GridColumn, VirtualGrid, type VirtualGridProps } from "./VirtualGrid";
import { mostHeight } from "./virtualRows";

type Device = { serial: string; model: string };

const columns: GridColumn<Device>[] = [
  { id: "serial", header: "Serial", width: 120, sortable: true, cell: (device) => device.serial },
  { id: "model", header: "Model", cell: (device) => <button type="button">{device.model}</button> },
];

const viewport = 720;

beforeEach(() => {
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
      disconnect() {}
    },
  );
  vi.spyOn(Element.prototype, "clientHeight", "get").mockReturnValue(viewport);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

function grid(props: Partial<VirtualGridProps<Device>> = {}) {
  const rowCount = props.rowCount ?? 1000;
  return (
    <VirtualGrid
      label="ABM devices"
      columns={columns}
      rowCount={rowCount}
      loadedCount={Math.max(rowCount, 0)}
      getRow={(index) => ({ serial: `S${index}`, model: "iPad" })}
      rowKey={(device) => device.serial}
      phoneCard={(device) => <b>{device.serial}</b>}
      {...props}
    />
  );
}

const bodyRows = () => screen.getAllByRole("row").filter((row) => row.ariaRowIndex !== "1");
const focused = () => document.activeElement?.getAttribute("aria-rowindex");

/** Puts the focus on the row that Tab reaches. */
function enter() {
  const row = bodyRows().find(({ tabIndex }) => tabIndex === 0);
  row?.focus();
}

test("a million rows are counted, 60 of them are in the document, and the last can be reached", async () => {
  const user = userEvent.setup();
  render(grid({ rowCount: 1_000_000 }));
  const table = screen.getByRole("grid", { name: "ABM devices" });
  expect(table).toHaveAttribute("aria-rowcount", "1000001"); // the header is one of them
  expect(bodyRows().length).toBeLessThanOrEqual(60);
  enter();
  await user.keyboard("{End}");
  expect(focused()).toBe("1000001");
  expect(screen.getByText("S999999")).toBeInTheDocument();
  expect(bodyRows().length).toBeLessThanOrEqual(60);
  for (const row of bodyRows()) {
    expect(Number.parseFloat(row.style.top)).toBeLessThanOrEqual(mostHeight);
  }
  await user.keyboard("{Home}");
  expect(focused()).toBe("2");
});

test("keys move the focus by a row, by a page and to both ends, and stop there", async () => {
  const user = userEvent.setup();
  render(grid());
  enter();
  await user.keyboard("j{ArrowDown}");
  expect(focused()).toBe("4");
  await user.keyboard("k{ArrowUp}{ArrowUp}");
  expect(focused()).toBe("2");
  await user.keyboard("{PageDown}");
  expect(focused()).toBe("21"); // 20 rows are seen; one stays as the thread
  await user.keyboard("{PageUp}{End}j");
  expect(focused()).toBe("1001");
  expect(bodyRows().filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1);
});

test("scrolling takes neither the focus nor the way in by Tab", () => {
  render(grid());
  enter();
  const scroller = screen.getByRole("grid").parentElement as HTMLElement;
  scroller.scrollTop = 20_000;
  fireEvent.scroll(scroller);
  expect(screen.getByText("S560")).toBeInTheDocument();
  expect(focused()).toBe("2");
});

test("rows around those in sight are left out while it is scrolled by leaps, and come when it rests", () => {
  vi.useFakeTimers();
  render(grid({ rowCount: 1_000_000 }));
  const scroller = screen.getByRole("grid").parentElement as HTMLElement;
  const scrollTo = (top: number) => {
    scroller.scrollTop = top;
    fireEvent.scroll(scroller);
  };
  const most = viewport / 36 + 1 + 2 + 1; // one of them in part, one on each side, and the one that Tab reaches
  scrollTo(20_000);
  expect(bodyRows().length).toBeLessThanOrEqual(most);
  act(() => void vi.advanceTimersByTime(100));
  scrollTo(22_000);
  act(() => void vi.advanceTimersByTime(100));
  expect(bodyRows().length).toBeLessThanOrEqual(most);
  const seen = bodyRows().find((row) => row.ariaRowIndex === "1475");
  expect(seen).toBeDefined();
  act(() => void vi.advanceTimersByTime(100));
  expect(bodyRows().length).toBeGreaterThan(most + 20);
  expect(seen).toBeInTheDocument();
  expect(seen).toHaveAttribute("aria-rowindex", "1475");
  scrollTo(22_010);
  expect(bodyRows().length).toBeGreaterThan(most + 20);
  vi.useRealTimers();
});

test("Enter, O and a click open a row; a control inside of it keeps its own keys and clicks", async () => {
  const user = userEvent.setup();
  const onOpen = vi.fn();
  render(grid({ onOpen }));
  enter();
  await user.keyboard("{Enter}jo");
  await user.click(screen.getByText("S5"));
  expect(onOpen.mock.calls).toEqual([
    [{ serial: "S0", model: "iPad" }],
    [{ serial: "S1", model: "iPad" }],
    [{ serial: "S5", model: "iPad" }],
  ]);
  onOpen.mockClear();
  const inner = screen.getAllByRole("button", { name: "iPad" })[3] as HTMLElement;
  await user.click(inner);
  await user.keyboard("{Enter}");
  expect(onOpen).not.toHaveBeenCalled();
});

test("keys with a modifier are the browser's", async () => {
  const user = userEvent.setup();
  const onOpen = vi.fn();
  render(grid({ onOpen }));
  enter();
  await user.keyboard("{Control>}o{/Control}{Meta>}j{/Meta}");
  expect(onOpen).not.toHaveBeenCalled();
  expect(focused()).toBe("2");
});

test("headers say the order and change it by press and by Enter", async () => {
  const user = userEvent.setup();
  const onSort = vi.fn();
  render(grid({ sort: { id: "serial", direction: "desc" }, onSort }));
  const header = screen.getByRole("columnheader", { name: "Serial" });
  expect(header).toHaveAttribute("aria-sort", "descending");
  expect(screen.getByRole("columnheader", { name: "Model" })).not.toHaveAttribute("aria-sort");
  const button = within(header).getByRole("button");
  await user.click(button);
  button.focus();
  await user.keyboard("{Enter}");
  expect(onSort.mock.calls).toEqual([["serial"], ["serial"]]);
});

test("asks for rows once for each range, and draws those on their way", () => {
  const onRangeChange = vi.fn();
  const { rerender } = render(grid({ rowCount: -1, loadedCount: 0, getRow: () => undefined, onRangeChange }));
  const table = screen.getByRole("grid");
  expect(table).toHaveAttribute("aria-rowcount", "-1");
  expect(table).toHaveAttribute("aria-busy", "true");
  expect(bodyRows().length).toBeGreaterThan(0);
  rerender(grid({ rowCount: -1, loadedCount: 0, getRow: () => undefined, onRangeChange }));
  expect(onRangeChange.mock.calls).toEqual([[{ first: 0, last: 11 }]]);
  rerender(grid({ rowCount: 1000, onRangeChange }));
  expect(onRangeChange.mock.lastCall).toEqual([{ first: 0, last: 31 }]);
});

test("marks the open row, and changed rows anew with each set", () => {
  const marks = () => [...document.querySelectorAll("[data-changed]")];
  const { rerender } = render(grid({ selectedKey: "S2", changedKeys: new Set(["S1"]) }));
  expect(screen.getByRole("row", { selected: true })).toHaveTextContent("S2");
  const [first] = marks();
  expect(marks()).toHaveLength(columns.length);
  expect(first?.closest("[role=row]")).toHaveTextContent("S1");
  rerender(grid({ selectedKey: "S2", changedKeys: new Set(["S1"]) }));
  expect(marks()).toHaveLength(columns.length);
  expect(marks()[0]).not.toBe(first);
});

test("without rows there is the reason instead", () => {
  render(grid({ rowCount: 0, loadedCount: 0, empty: <p>No devices yet</p> }));
  expect(screen.getByText("No devices yet")).toBeVisible();
  expect(screen.getAllByRole("row")).toHaveLength(1);
});

test("on a phone rows are cards, with the same keys", async () => {
  vi.stubGlobal("matchMedia", () => ({ matches: true, addEventListener() {}, removeEventListener() {} }));
  const user = userEvent.setup();
  const onOpen = vi.fn();
  render(grid({ onOpen }));
  expect(screen.queryByRole("columnheader")).toBeNull();
  enter();
  await user.keyboard("j{Enter}");
  expect(onOpen).toHaveBeenCalledWith({ serial: "S1", model: "iPad" });
});

test("rows are checked by X, and the open row is still told", async () => {
  const user = userEvent.setup();
  const [onCheck, onCheckAll] = [vi.fn(), vi.fn()];
  const checkable = { isChecked: ({ serial }: Device) => serial === "S0", onCheck, onCheckAll };
  const { rerender } = render(grid({ selectedKey: "S1", ...checkable }));
  expect(screen.getByRole("grid")).toHaveAttribute("aria-multiselectable", "true");
  expect(screen.getByRole("row", { selected: true })).toHaveTextContent("S0");
  expect(screen.getByRole("row", { current: true })).toHaveTextContent("S1");
  enter();
  await user.keyboard("x");
  await user.keyboard("jj{Shift>}X{/Shift}");
  expect(onCheck.mock.calls).toEqual([
    [0, false],
    [2, true],
  ]);
  await user.keyboard("{Control>}a{/Control}");
  expect(onCheckAll).toHaveBeenCalledOnce();
  rerender(grid());
  await user.keyboard("x");
  expect(onCheck).toHaveBeenCalledTimes(2);
});

test("columns leave by their numbers until the rest fits; those without stay", () => {
  const width = vi.spyOn(Element.prototype, "clientWidth", "get").mockReturnValue(400);
  const wide: GridColumn<Device>[] = [
    { id: "serial", header: "Serial", width: 120, cell: (device) => device.serial },
    { id: "model", header: "Model", min: 160, priority: 1, cell: (device) => device.model },
    { id: "color", header: "Colour", width: 100, priority: 3, cell: () => "" },
    { id: "added", header: "Added", width: 100, priority: 2, cell: () => "" },
  ];
  const headers = () => screen.getAllByRole("columnheader").map((header) => header.textContent);
  const { unmount } = render(grid({ columns: wide }));
  expect(headers()).toEqual(["Serial", "Model", "Added"]);
  expect(screen.getByRole("grid")).not.toHaveAttribute("data-wide");
  expect(screen.getByRole("grid")).toHaveAttribute("aria-colcount", "3");
  unmount();
  render(grid({ columns: wide.map(({ priority: _, ...column }) => column) }));
  expect(headers()).toHaveLength(4);
  expect(screen.getByRole("grid")).toHaveAttribute("data-wide"); // the first column stays where it is
  width.mockRestore();
});

test("O opens a row's own page, where there is one", async () => {
  const [onOpen, onOpenPage] = [vi.fn(), vi.fn()];
  render(grid({ onOpen, onOpenPage }));
  enter();
  await userEvent.setup().keyboard("o{Enter}");
  expect(onOpenPage).toHaveBeenCalledExactlyOnceWith({ serial: "S0", model: "iPad" });
  expect(onOpen).toHaveBeenCalledOnce();
});
