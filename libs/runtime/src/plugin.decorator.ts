import { Injectable, SetMetadata } from '@nestjs/common';
import type { PluginKind } from '@sync-hub/configuration';

const PLUGIN = Symbol('plug-in');

/** What the configuration calls a plug-in. */
export interface PluginName {
  readonly kind: PluginKind;
  readonly name: string;
  /** Raise it with every change of what the plug-in answers: what it turned away before is then looked at again. */
  readonly version: string;
}

/** A class of a deployment's own that the configuration may name: a Nest provider that implements `CatchmentStrategy`, `RecordFilter` or `RecordValidator`. */
export const Plugin = (name: PluginName): ClassDecorator => {
  const mark = SetMetadata(PLUGIN, name);
  return (target) => {
    Injectable()(target);
    mark(target);
  };
};

/** What the class was decorated with; `undefined` for any other. */
export const pluginNameOf = (type: unknown): PluginName | undefined =>
  typeof type === 'function' ? (Reflect.getMetadata(PLUGIN, type) as PluginName | undefined) : undefined;
