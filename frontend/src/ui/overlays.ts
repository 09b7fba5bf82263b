/** Fetches what menus, dialogs and toasts need: they have to work also when the server has gone. */
export function loadOverlays() {
  for (const load of [() => import("./ToastViewport"), () => import("./MenuPopup"), () => import("./DialogPopup")]) {
    load().catch(() => {}); // whoever needs it tries again
  }
}
