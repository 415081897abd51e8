import { ChannelListener, type ListenerOptions } from '../database/channel-listener.js';
import { CHANNEL, type ChangedTenants, fromPayload } from './changed-tenants.js';

export type ChangeListenerOptions = Pick<ListenerOptions, 'url' | 'pool' | 'onHearing'> & {
  onChanged: (changed: ChangedTenants) => void;
};

/** Hears which tenants changed. */
export class ChangeListener extends ChannelListener {
  constructor({ onChanged, ...options }: ChangeListenerOptions) {
    const onPayload = (payload: string) => onChanged(fromPayload(payload));
    super({ ...options, channel: CHANNEL, onPayload });
  }
}
