import { Monitor, Moon, Sun } from "lucide-react";
import { setTheme, type Theme, useTheme } from "../../lib/theme";
import { Button } from "../../ui/Button";
import { Menu } from "../../ui/Menu";

export const themes: readonly { value: Theme; label: string; icon: React.ReactNode }[] = [
  { value: "system", label: "System", icon: <Monitor aria-hidden className="size-4" strokeWidth={1.75} /> },
  { value: "light", label: "Light", icon: <Sun aria-hidden className="size-4" strokeWidth={1.75} /> },
  { value: "dark", label: "Dark", icon: <Moon aria-hidden className="size-4" strokeWidth={1.75} /> },
];

/** The theme of this browser, for pages without an account. */
export function ThemeMenu() {
  const theme = useTheme();
  const chosen = themes.find(({ value }) => value === theme);
  return (
    <Menu
      align="end"
      trigger={
        <Button variant="ghost" size="small" icon={chosen?.icon} aria-label={`Theme: ${chosen?.label}`}>
          {chosen?.label}
        </Button>
      }
      items={themes.map(({ value, label, icon }) => ({
        label,
        icon,
        checked: value === theme,
        onSelect: () => setTheme(value),
      }))}
    />
  );
}
