export function MdmServerPage() {
  return null;
}
