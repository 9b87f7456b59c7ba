import { afterAll, beforeAll } from "vitest";
import { bench } from "./support/bench";
import { setFaults } from "../support/api";
import { faults as ofClients } from "./concurrent/clients";
import { faults as ofDeliveries } from "./concurrent/deliveries";
import { faults as ofAnswers } from "./concurrent/lost-answers";
import "./concurrent/storage";

// These tests mostly wait, so they run at the same time. Each test has its own prompts or its own user, and each fault matches
// only these.
beforeAll(() => setFaults(bench, [...ofClients, ...ofDeliveries, ...ofAnswers]));
afterAll(() => setFaults(bench, {}));
