/** Thrown for a file that can never be saved. The reason becomes the prediction's `save_error`. */
export class UnsupportedFile extends Error {
  override name = "UnsupportedFile";
  readonly reason: "unsupported_output" | "too_large";

  constructor(reason: UnsupportedFile["reason"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/**
 * Thrown for a file that could not be fetched (`unavailable`), or whose structure is damaged (`incomplete`). A retry may succeed,
 * because the cause may be a failed transfer. With the reason `gone`, no retry can succeed: the host has deleted the file.
 */
export class UnavailableFile extends Error {
  override name = "UnavailableFile";
  readonly reason: "gone" | "incomplete" | "unavailable";

  constructor(reason: UnavailableFile["reason"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
