import { BusyIcon, ButtonFrame, type ButtonFrameProps } from "./Button";

export type IconButtonProps = Omit<ButtonFrameProps, "children" | "square" | "tooltip"> & {
  /** The accessible name, and the tooltip. */
  label: string;
  icon: React.ReactNode;
};

/** A square button with an icon in place of words. */
export function IconButton({ label, icon, ...props }: IconButtonProps) {
  return (
    <ButtonFrame variant="ghost" {...props} square aria-label={label} tooltip={label}>
      {props.busy ? <BusyIcon /> : icon}
    </ButtonFrame>
  );
}
