/** `studioPages` are the pages for signed-in users. `openPages` are the pages for everyone. */
export const studioPages = [
  "/dashboard/generate",
  "/dashboard/gallery",
  "/dashboard/gallery/uploads",
  "/dashboard/models",
  "/dashboard/history",
  "/dashboard/account",
];
export const openPages = [
  "/",
  "/login",
  "/login?with=account",
  "/login?with=link&problem=link",
  "/terms",
  "/privacy",
  "/report/x",
  "/account-deleted",
];
/** Unknown paths. The app responds to them with the 404 page. */
export const nowhere = [
  "/nowhere",
  "/dashboard/nowhere",
  "/dashboard/gallery/x",
  "/.env",
  "/.git/config",
  "/wp-login.php",
];
