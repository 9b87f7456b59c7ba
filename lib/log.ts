import "server-only";

type Details = Record<string, unknown>;

/** One JSON line an event. Give ids and counts, never prompts, addresses or keys. */
export const log = {
  info: (event: string, details: Details = {}) => write("info", event, details),
  error: (event: string, details: Details = {}) => write("error", event, details),
};

function write(level: "info" | "error", event: string, details: Details) {
  const start = { level, event, time: new Date().toISOString() };
  process[level === "error" ? "stderr" : "stdout"].write(`${lineOf({ ...start, ...details }) ?? lineOf(start)}\n`);
}

/** Null for what JSON cannot say: whatever is being reported must not fail because of its report. */
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
