import "server-only";

type Details = Record<string, unknown>;

/** One JSON line an event. Give ids and counts, never prompts, addresses or keys. */
export const log = {
  info: (event: string, details: Details = {}) => write("info", event, details),
  error: (event: string, details: Details = {}) => write("error", event, details),
};

function write(level: "info" | "error", event: string, details: Details) {
  const line = JSON.stringify({ level, event, time: new Date().toISOString(), ...details }, (_, value: unknown) =>
    value instanceof Error ? { name: value.name, message: value.message, cause: value.cause } : value,
  );
  process[level === "error" ? "stderr" : "stdout"].write(`${line}\n`);
}
