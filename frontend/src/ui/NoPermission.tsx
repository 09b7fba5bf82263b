import { Lock } from "lucide-react";
import { EmptyState } from "./EmptyState";

export type NoPermissionProps = {
  title?: string;
  /** Who may, and what this role can do instead. */
  children: React.ReactNode;
  action?: React.ReactNode;
};

/** In place of content that the reader's role does not reach. It is no error, and trying again does not help. */
export function NoPermission({ title = "Your role does not allow this", children, action }: NoPermissionProps) {
  return (
    <EmptyState icon={<Lock />} title={title} action={action}>
      {children}
    </EmptyState>
  );
}
