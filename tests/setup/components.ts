import { cleanup } from "@testing-library/react";
import { afterEach } from "vitest";

// jsdom loads no pictures: they count as decoded at once.
HTMLImageElement.prototype.decode = () => Promise.resolve();

afterEach(cleanup);
