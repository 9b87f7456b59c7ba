/** A file that is never kept, however often it is fetched. The reason becomes the prediction's `save_error`. */
export class UnsupportedFile extends Error {
  override name = "UnsupportedFile";
  readonly reason: "unsupported_output" | "too_large";

  constructor(reason: UnsupportedFile["reason"], message: string) {
    super(message);
    this.reason = reason;
  }
}

/** A file that could not be had this time; fetching it again may help, unless its host says that it is `gone`. */
export class UnavailableFile extends Error {
  override name = "UnavailableFile";
  readonly reason: "gone" | "unavailable";

  constructor(reason: UnavailableFile["reason"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** An image that was cut or damaged on its way. */
export class TruncatedFile extends UnavailableFile {
  override name = "TruncatedFile";

  constructor(message: string) {
    super("unavailable", message);
  }
}
