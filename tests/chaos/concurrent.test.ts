import { afterAll, beforeAll } from "vitest";
import { bench } from "./support/bench";
import { setFaults } from "../support/api";
import { troubles as ofClients } from "./concurrent/clients";
import { troubles as ofDeliveries } from "./concurrent/deliveries";
import { troubles as ofAnswers } from "./concurrent/lost-answers";
import "./concurrent/storage";

// These wait more than they work, so all of them run at the same time: each has words or a person of its own, and each
// trouble is about those alone.
beforeAll(() => setFaults(bench, [...ofClients, ...ofDeliveries, ...ofAnswers]));
afterAll(() => setFaults(bench, {}));
