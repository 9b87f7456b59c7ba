import { vi } from "vitest";

// Several test files run in one thread, and share the modules of npm packages. Darkroom's own modules are loaded again for each
// file, because some files replace modules or settings.
vi.useRealTimers();
vi.unstubAllEnvs();
vi.unstubAllGlobals();
vi.resetModules();
globalThis.darkroomState = undefined;
