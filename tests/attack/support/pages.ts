/** All pages for signed-in users, and all public pages. */
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
/** Unknown paths, which answer with the 404 page. */
export const nowhere = [
  "/nowhere",
  "/dashboard/nowhere",
  "/dashboard/gallery/x",
  "/.env",
  "/.git/config",
  "/wp-login.php",
];
