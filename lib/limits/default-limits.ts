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

/**
 * The most that one run of a featured model may cost (US dollars), unless `ALLOWED_MODELS` names the model. A run is rejected if
 * its highest possible cost is above this limit.
 */
export const MAX_FEATURED_RUN_USD = 0.1;

/** The largest number of input images and of output images of one prediction, even if the schema of the model allows more. */
export const MAX_IMAGES_PER_PREDICTION = 20;

/** The longest prompt that a language model improves (characters), and the longest text that it writes into a form (tokens). */
export const MAX_WORDS_PROMPT = 8000;
export const MAX_WORDS_TOKENS = 500;

/** The longest recording that is transcribed for a prompt (s). */
export const MAX_SPOKEN_SECONDS = 60;

/** The most that a language model writes for one message of a chat (tokens), and the most messages of one request. */
export const MAX_CHAT_TOKENS = 4096;
export const MAX_CHAT_MESSAGES = 200;

/** The longest alternative text of an image, and the longest report of a shared file (characters). */
export const MAX_ALT = 2000;
export const MAX_REPORT = 1000;

/** The largest number of API keys of one user. Revoked keys do not count. */
export const MAX_API_KEYS = 50;

/** The largest number of files that one request can download, delete or restore. */
export const MAX_FILES_PER_REQUEST = 100;

/** The largest JSON body, without the files in it (bytes). */
export const MAX_BODY_BYTES = 64 * 1024;
/** The largest JSON body with files in it (bytes). All hosts must accept it, and Vercel accepts at most 4.5 MB. */
export const MAX_HOSTED_BODY_BYTES = 4_000_000;

/**
 * The largest upload in the body of one request (bytes). It must be less than 10 MiB, because Next cuts off longer bodies
 * without an error. Larger files are sent directly to storage.
 */
export const MAX_UPLOAD_BYTES = 10_000_000;

/** Larger uploaded images are reduced to this size: the longest side (px), and the size of the file (bytes). */
export const MAX_IMAGE_SIDE = 4096;
export const MAX_IMAGE_BYTES = 10_000_000;

/**
 * The largest number of uploads that one user can have. Beyond this number, each new upload replaces the least recently used
 * upload. But if that upload was used within the last day, the new upload is rejected instead.
 */
export const MAX_UPLOADS = 100;

/**
 * The largest number of files from /api/v1/files that one user can have. Beyond this number, a new file replaces the least
 * recently used file, or is rejected if that file was used within the last day. Uploads of the browser have their own limit,
 * `MAX_UPLOADS`.
 */
export const MAX_API_FILES = 1000;

/** How many files one user can send directly to storage at the same time. */
export const MAX_OPEN_UPLOADS = 10;

/** How long a deletion in the browser can be undone (s). An API request may ask for up to 300 seconds. */
export const UNDO_SECONDS = 120;
