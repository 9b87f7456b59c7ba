import { vi } from "vitest";

// Test files share a thread, and with it the modules of npm packages. The modules of Darkroom are loaded again for each file, because
// some files replace modules or settings.
vi.useRealTimers();
vi.unstubAllEnvs();
vi.unstubAllGlobals();
vi.resetModules();
globalThis.darkroomState = undefined;
