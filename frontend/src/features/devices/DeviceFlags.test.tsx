import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { DeviceFlags } from "./DeviceFlags";

const plain = { removedAt: null, appliesAfterErase: false, mdmMigrationDeadline: null };

// Field notes 22 and 23: a late profile acts after an erase; a migration has a deadline.
test("a late profile and a deadline are said; a device that left has only that", () => {
  const { container, rerender } = render(<DeviceFlags device={plain} />);
  expect(container).toBeEmptyDOMElement();
  rerender(<DeviceFlags device={{ ...plain, appliesAfterErase: true }} />);
  expect(screen.getByText("After erase")).toBeVisible();
  rerender(
    <DeviceFlags device={{ ...plain, appliesAfterErase: true, mdmMigrationDeadline: "2025-10-12T00:00:00Z" }} />,
  );
  expect(screen.getByText(/^Migrates/)).toHaveTextContent("Migrates by 12 Oct 2025");
  rerender(
    <DeviceFlags
      device={{ ...plain, removedAt: "2025-10-13T00:00:00Z", mdmMigrationDeadline: "2025-10-12T00:00:00Z" }}
    />,
  );
  expect(screen.getByText("Removed")).toBeVisible();
  expect(screen.queryByText(/Migrates/)).toBeNull();
});
