// These tables define which files may import which other files. oxlint.config.ts turns the tables into rules.

/** The files and folders of `lib`, from top to bottom. Each may import from the rows below its own, but not from its own row. */
export const layers = [
  ["admin"],
  ["ops"],
  ["api-v1"],
  ["words"],
  ["predictions"],
  ["models", "history", "account", "keys"],
  ["media"],
  ["sign-in"],
  ["auth"],
  [
    "http",
    "request-params",
    "limits/request-limits",
    "limits/sign-in-limits",
    "limits/run-limit-errors",
    "limits/storage-limits",
    "limits/client-address",
    "limits/blocked-users",
  ],
  ["replicate", "supabase"],
  ["env"],
  ["env-schema"],
  [
    "errors",
    "log",
    "cursor",
    "auth-providers",
    "config",
    "content",
    "limits/default-limits",
    "process-globals",
    "security",
  ],
  ["cache", "read-at-most"],
];

/** The folders of `components`, from top to bottom. Each may import from the rows below its own, but not from its own row. */
export const componentLayers = [
  ["generate", "gallery", "history", "models", "account", "login", "landing", "share", "admin"],
  ["shell"],
  ["viewer"],
  ["jobs"],
  ["media"],
  ["ui"],
];
/**
 * The files and folders of `components/generate`, from top to bottom. Each may import from the rows below its own, but not from
 * its own row.
 */
export const generateLayers = [["studio"], ["composer", "feed"], ["fields"]];

/**
 * The files that may use `adminClient`, which bypasses row level security. So each of these files must itself check whose rows it
 * reads or changes.
 */
export const adminUsers = [
  "lib/account/delete-account.ts",
  "lib/account/exports/exports.ts",
  "lib/account/exports/part-files.ts",
  "lib/account/exports/plan-part-archive.ts",
  "lib/account/sessions.ts",
  "lib/admin/access.ts",
  "lib/admin/invite.ts",
  "lib/limits/blocked-users.ts",
  "lib/api-v1/webhooks/event-queue.ts",
  "lib/limits/request-limits.ts",
  "lib/media/delete.ts",
  "lib/media/serving/media-zip.ts",
  "lib/media/input-files.ts",
  "lib/media/queries.ts",
  "lib/media/renditions/poster.ts",
  "lib/media/sharing/report.ts",
  "lib/media/save-file.ts",
  "lib/media/sharing/share.ts",
  "lib/media/storage.ts",
  "lib/media/uploads/delete-uploads.ts",
  "lib/media/uploads/rows.ts",
  "lib/media/uploads/save-upload.ts",
  "lib/media/uploads/signed-uploads.ts",
  "lib/ops/readiness.ts",
  "lib/predictions/cancel-deleted.ts",
  "lib/predictions/recover-queries.ts",
  "lib/predictions/rows.ts",
  "lib/models/find-version.ts",
  "lib/models/typical-seconds.ts",
  "lib/history/usage.ts",
  "lib/api-v1/predictions/queries.ts",
  "lib/keys/find.ts",
  "lib/keys/own-keys.ts",
];

/**
 * Files of `lib` that components may use in the browser. They contain no secrets, send no queries to the database, and do not
 * load zod.
 */
export const browserFiles = [
  "config",
  "media/kinds",
  "media/metadata/clean-image",
  "media/read-embedded-settings",
  "media/uploads/fit-limits",
  "media/uploads/image-format",
  "limits/default-limits",
  "media/media-urls",
  "media/output-files",
  "predictions/parse-logs",
  "predictions/status",
  "history/near-limits",
  "models/inputs/field-labels",
  "models/inputs/accepted-files",
  "models/inputs/fields",
  "models/listing",
  "models/prices/cost-by-price",
  "models/prices/quantities",
  "models/inputs/image-count",
  "models/inputs/file-noun",
  "models/ref",
  "security/captcha-sources",
  "models/inputs/seeds",
  "models/inputs/takes-and-makes",
  "models/inputs/used-when",
  "words/conversation",
  "words/question",
];

/**
 * Files of `lib` that a component may import only if it runs only on the server. The files begin with `import "server-only"`, so
 * that the build fails if they are imported for the browser.
 */
export const serverFiles = ["models/catalog", "content"];
