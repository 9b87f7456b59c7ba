/** Every page for a person who is signed in, and every one for everybody. */
export const studioPages = ["/dashboard/generate", "/dashboard/gallery", "/dashboard/models", "/dashboard/history"];
export const openPages = ["/", "/login", "/login?with=account", "/login?with=link&problem=link"];
/** What is no page answers with one. */
export const nowhere = [
  "/nowhere",
  "/dashboard/nowhere",
  "/dashboard/gallery/x",
  "/.env",
  "/.git/config",
  "/wp-login.php",
];
