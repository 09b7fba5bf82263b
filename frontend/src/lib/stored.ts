/** What this browser remembers under a name; null when it remembers nothing, or may not. */
export function stored(name: string): string | null {
  try {
    return localStorage.getItem(`guardmdm.${name}`);
  } catch {
    return null;
  }
}

/** Has this browser remember a value, or forget it (null). Where storage is forbidden the value holds for the page alone. */
export function store(name: string, value: string | null) {
  try {
    if (value === null) localStorage.removeItem(`guardmdm.${name}`);
    else localStorage.setItem(`guardmdm.${name}`, value);
  } catch {
    // It is forbidden.
  }
}
