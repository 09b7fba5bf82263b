import * as z from "zod/mini";

/** A role that a form can give. */
export const role = z.enum(["ADMIN", "OPERATOR", "VIEWER"]);
