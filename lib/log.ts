import "server-only";

type Details = Record<string, unknown>;

/** Each call writes one event as a line of JSON. Log ids and counts, never prompts, keys, e-mail addresses or IP addresses. */
export const log = {
  info: (event: string, details: Details = {}) => write("info", event, details),
  error: (event: string, details: Details = {}) => write("error", event, details),
};

function write(level: "info" | "error", event: string, details: Details) {
  const start = { level, event, time: new Date().toISOString() };
  process[level === "error" ? "stderr" : "stdout"].write(`${lineOf({ ...start, ...details }) ?? lineOf(start)}\n`);
}

/** Returns the entry as JSON. Returns null if JSON cannot represent the entry, because logging must never throw. */
function lineOf(entry: Details): string | null {
  try {
    return JSON.stringify(entry, (_, value: unknown) =>
      value instanceof Error
        ? { name: value.name, message: value.message, ...("code" in value && { code: value.code }), cause: value.cause }
        : value,
    );
  } catch {
    return null;
  }
}
