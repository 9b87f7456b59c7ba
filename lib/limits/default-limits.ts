// Limits that a fork may want to change. The limits of requests are in request-limits.ts. The browser loads this file too, so
// it has no `server-only`. The sandbox loads it without a bundler, so it has no imports.

/** The default limits, explained in `.env.example`. */
export const defaultLimits = {
  DAILY_IMAGES_PER_USER: 200,
  DAILY_IMAGES_PER_NEW_USER: 20,
  DAILY_USD_PER_USER: 5,
  UNKNOWN_RUN_USD: 0.1,
  MAX_IN_FLIGHT_PER_USER: 20,
  MAX_FILES_PER_PREDICTION: 50,
  MAX_FILE_MB: 50,
  CREATES_PER_MINUTE_PER_USER: 30,
  READS_PER_SECOND_PER_USER: 45,
  LOGINS_PER_MINUTE_PER_ADDRESS: 30,
  STORAGE_GB_PER_USER: 5,
};

/** Maximum number of input or output images of one prediction, even if the model's schema allows more. */
export const MAX_IMAGES_PER_PREDICTION = 20;

/** The most files in one request to download, delete or restore them. */
export const MAX_FILES_PER_REQUEST = 100;

/** The largest upload (bytes). It must be less than 10 MiB, because Next silently truncates longer bodies. */
export const MAX_UPLOAD_BYTES = 10_000_000;

/**
 * The most uploads that one user can have. After that, a new upload replaces the least recently used one. If that one was used
 * within a day, the new upload is rejected.
 */
export const MAX_UPLOADS = 100;

/** How long a deletion in the browser can be undone (s). An API request may ask for up to 300 seconds. */
export const UNDO_SECONDS = 120;
