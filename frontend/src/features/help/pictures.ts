// The addresses of docs/user/pictures in the build, by file name.
const files = import.meta.glob<string>("../../../../docs/user/pictures/*.webp", {
  query: "?url",
  import: "default",
  eager: true,
});

/** What is on each of them: a page of this size. */
export const pictureSize = { width: 1280, height: 800 };

/** A picture in both themes; undefined where the documentation has none of this name. */
export function pictureOf(name: string): { light: string; dark: string } | undefined {
  const [light, dark] = [name, `${name}-dark`].map((file) => files[`../../../../docs/user/pictures/${file}.webp`]);
  return light && dark ? { light, dark } : undefined;
}
