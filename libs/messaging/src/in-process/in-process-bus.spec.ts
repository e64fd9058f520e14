import { busContract } from '../testing/bus.contract.js';
import { InProcessBus } from './in-process-bus.js';

busContract('the in-process bus', async () => {
  const bus = new InProcessBus();
  await bus.declare(['kisumu', 'siaya']);
  return {
    bus,
    parked: async (stage) =>
      bus
        .parked()
        .filter(({ queue }) => queue.stage === stage)
        .map(({ envelope, code }) => ({ messageId: envelope.messageId, code })),
    close: () => bus.close(),
  };
});
