/** A running recording of the microphone. */
export type MicrophoneRecording = {
  stream: MediaStream;
  stop: () => void;
  /** Resolves to the recorded file when the recording has ended. The file is empty if nothing was recorded. */
  file: Promise<File>;
};

const extensions: Record<string, string> = { "audio/mp4": "m4a", "audio/ogg": "ogg", "audio/webm": "webm" };

/**
 * Starts to record the microphone. The recording ends when `stop` is called, or after `longest` ms. An abort turns the microphone
 * off. Throws if the microphone cannot be used: `explainMicrophone` explains the error.
 */
export async function recordMicrophone(longest: number, signal: AbortSignal): Promise<MicrophoneRecording> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const turnOff = () => stream.getTracks().forEach((track) => track.stop());
  signal.addEventListener("abort", turnOff);
  try {
    signal.throwIfAborted();
    const recorder = new MediaRecorder(stream);
    const parts: Blob[] = [];
    recorder.ondataavailable = ({ data }) => parts.push(data);
    // A recorder throws if it is stopped twice.
    const stop = () => (recorder.state === "inactive" ? undefined : recorder.stop());
    const timer = setTimeout(stop, longest);
    const file = new Promise<File>((resolve) => {
      // A recorder also stops by itself, for example when the microphone is unplugged.
      recorder.onstop = () => {
        clearTimeout(timer);
        turnOff();
        const [type = ""] = recorder.mimeType.split(";");
        resolve(new File(parts, `Recording.${extensions[type] ?? "webm"}`, { type }));
      };
    });
    recorder.start();
    return { stream, stop, file };
  } catch (error) {
    turnOff();
    throw error;
  }
}

/** Why the microphone cannot be used, and what the user can do. */
export type MicrophoneProblem = { title: string; remedy: string };

const blocked = {
  title: "The microphone is blocked",
  remedy: "To allow it, press the icon beside the address of this page. Then try again.",
};
const inUse = {
  title: "The microphone is in use",
  remedy: "Close the other app that uses the microphone, then try again.",
};
/** The problems, by the name of the browser's error. */
const problems: Record<string, MicrophoneProblem> = {
  NotAllowedError: blocked,
  SecurityError: blocked,
  NotFoundError: { title: "No microphone was found", remedy: "Connect a microphone, then try again." },
  NotReadableError: inUse,
  AbortError: inUse,
};

/** Explains an error that `recordMicrophone` has thrown. */
export function explainMicrophone(error: unknown): MicrophoneProblem {
  const known = error instanceof DOMException ? problems[error.name] : null;
  if (known) return known;
  return window.isSecureContext
    ? { title: "This browser cannot record", remedy: "Update the browser, or use another one." }
    : {
        title: "Recording needs a secure connection",
        remedy: "Open this site at an address that begins with https://.",
      };
}
