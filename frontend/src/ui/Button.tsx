import { useRender } from "@base-ui/react/use-render";
import { clsx } from "clsx";
import { LoaderCircle } from "lucide-react";
import { Tooltip } from "./Tooltip";

export type ButtonVariant = "primary" | "secondary" | "ghost" | "danger";
export type ButtonSize = "tiny" | "small" | "default" | "large";

export type ButtonFrameProps = React.ComponentProps<"button"> & {
  variant?: ButtonVariant | undefined;
  size?: ButtonSize | undefined;
  /** Something started by a press runs: more presses are ignored. */
  busy?: boolean | undefined;
  /** Why it cannot be pressed now. The button stays in the tab order, so that everybody can read the reason. */
  disabledReason?: string | undefined;
  /** The element to be drawn as a button, for example a link. */
  render?: React.ReactElement | undefined;
  /** As wide as high. */
  square?: boolean | undefined;
  tooltip?: React.ReactNode;
  shortcut?: string | undefined;
};

const offBox = "border-border bg-sunken";
const variants: Record<ButtonVariant, { rest: string; live: string; off: string }> = {
  primary: { rest: "border-transparent bg-ink text-on-ink", live: "hover:bg-ink/85 active:bg-ink/75", off: offBox },
  secondary: {
    rest: "border-border-2 bg-surface text-fg shadow-control",
    live: "hover:bg-hover active:bg-active",
    off: offBox,
  },
  // What has no box at rest gets none by being off: it would be the loudest of its row.
  ghost: { rest: "border-transparent text-fg", live: "hover:bg-hover active:bg-active", off: "border-transparent" },
  danger: {
    rest: "border-transparent bg-bad text-on-bad",
    live: "hover:bg-[color-mix(in_oklab,var(--bad),black_10%)] active:bg-[color-mix(in_oklab,var(--bad),black_18%)]",
    off: offBox,
  },
};

// On a phone the larger sizes grow to 44 px; the smaller ones keep their look and get a taller target.
const tallTarget = "max-sm:after:absolute max-sm:after:inset-x-0";
const sizes: Record<ButtonSize, { box: string; wide: string; square: string }> = {
  tiny: { box: `h-6 text-hint ${tallTarget} max-sm:after:-inset-y-2.5`, wide: "px-2", square: "w-6" },
  small: { box: `h-7 ${tallTarget} max-sm:after:-inset-y-2`, wide: "px-2.5", square: "w-7" },
  default: { box: "h-11 sm:h-8", wide: "px-3", square: "w-11 sm:w-8" },
  large: { box: "h-11 sm:h-10", wide: "px-4", square: "w-11 sm:w-10" },
};

/** What Button and IconButton share: the box, and that a press is ignored while busy or for a reason. */
export function ButtonFrame({
  variant = "secondary",
  size = "default",
  busy = false,
  disabledReason,
  render,
  square = false,
  tooltip,
  shortcut,
  className,
  children,
  ref,
  ...props
}: ButtonFrameProps) {
  const blocked = busy || Boolean(disabledReason);
  const off = Boolean(disabledReason) || props.disabled;
  const element = useRender({
    defaultTagName: "button",
    render,
    ref,
    props: {
      ...(render ? {} : { type: "button" }),
      ...props,
      ...(blocked ? ignoredPress : {}),
      // While busy the element keeps its focus, which `disabled` would take away.
      "aria-disabled": blocked || undefined,
      "aria-busy": busy || undefined,
      ...(disabledReason ? { "aria-description": disabledReason } : {}),
      className: clsx(
        "relative inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-control border font-medium transition-colors duration-(--motion-press) ease-standard",
        sizes[size].box,
        square ? sizes[size].square : sizes[size].wide,
        off ? `cursor-not-allowed text-fg-disabled ${variants[variant].off}` : variants[variant].rest,
        !off && (busy ? "cursor-progress" : `cursor-pointer ${variants[variant].live}`),
        className,
      ),
      children,
    },
  });
  return (
    <Tooltip content={disabledReason ?? tooltip} shortcut={shortcut} opensOnPress={Boolean(disabledReason)}>
      {element}
    </Tooltip>
  );
}

// Also what a menu or a dialog would open by, and the submit of a form.
const ignoredPress = {
  onClick: (event: React.MouseEvent) => event.preventDefault(),
  onPointerDown: undefined,
  onMouseDown: undefined,
  onKeyDown: undefined,
  onKeyUp: undefined,
};

export type ButtonProps = Omit<ButtonFrameProps, "square" | "tooltip" | "shortcut"> & {
  /** What the button says while busy: "Saving". */
  busyLabel?: string | undefined;
  icon?: React.ReactNode;
};

/** A button: 24, 28, 32 or 40 px high. One that can be busy is as wide as its longer face, so that nothing jumps. */
export function Button({ icon, busyLabel, children, ...props }: ButtonProps) {
  return (
    <ButtonFrame {...props}>
      {props.busy === undefined ? (
        <>
          {icon}
          {children}
        </>
      ) : (
        <span className="grid place-items-center *:[grid-area:1/1]">
          <Face shown={!props.busy} icon={icon}>
            {children}
          </Face>
          <Face shown={props.busy} icon={<BusyIcon />}>
            {busyLabel ?? children}
          </Face>
        </span>
      )}
    </ButtonFrame>
  );
}

function Face(props: { shown: boolean; icon: React.ReactNode; children: React.ReactNode }) {
  return (
    <span aria-hidden={!props.shown} className={clsx("inline-flex items-center gap-1.5", !props.shown && "invisible")}>
      {props.icon}
      {props.children}
    </span>
  );
}

/** The turning ring of a busy control, whose words say what goes on. */
export function BusyIcon() {
  return <LoaderCircle aria-hidden className="size-4 shrink-0 motion-safe:animate-spin" strokeWidth={1.75} />;
}
