import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Module, type Type } from '@nestjs/common';
import { DiscoveryModule, DiscoveryService, NestFactory } from '@nestjs/core';
import { ASKED_BY, NO_PLUGINS, type Plugin, Plugins } from '@sync-hub/configuration';
import { BugError } from '@sync-hub/contracts';
import { readEnv } from './env.js';
import { type PluginName, pluginNameOf } from './plugin.decorator.js';

@Module({})
class OfDeployment {}

/** The plug-ins among the providers of these modules. Throws, naming the class, where one cannot be asked what its kind is asked. */
export async function pluginsIn(modules: readonly Type[]): Promise<Plugins> {
  const context = await NestFactory.createApplicationContext(
    { module: OfDeployment, imports: [DiscoveryModule, ...modules] },
    { logger: false, abortOnError: false },
  );
  try {
    const providers = context.get(DiscoveryService).getProviders();
    return new Plugins(
      providers.flatMap(({ metatype, instance }) => {
        const name = pluginNameOf(metatype);
        return name === undefined ? [] : [pluginOf(name, instance as unknown)];
      }),
    );
  } finally {
    await context.close();
  }
}

/** The plug-ins of the modules that `SYNC_HUB_PLUGINS` names: paths of files that export a Nest module `PluginsModule`, with commas between them. */
export async function loadPlugins(): Promise<Plugins> {
  const files = (readEnv([]).SYNC_HUB_PLUGINS ?? '').split(',').flatMap((file) => (file.trim() === '' ? [] : [path.resolve(file.trim())]));
  return files.length === 0 ? NO_PLUGINS : pluginsIn(await Promise.all(files.map(moduleIn)));
}

async function moduleIn(file: string): Promise<Type> {
  const loaded = (await import(pathToFileURL(file).href).catch((error: unknown) => {
    throw new BugError(`the plug-ins in ${file} cannot be loaded: ${error instanceof Error ? error.message : 'no reason was given'}`);
  })) as { readonly PluginsModule?: unknown };
  if (typeof loaded.PluginsModule !== 'function') throw new BugError(`${file} exports no Nest module PluginsModule`);
  return loaded.PluginsModule as Type;
}

function pluginOf(name: PluginName, instance: unknown): Plugin {
  const method = ASKED_BY[name.kind];
  const does = instance as Readonly<Record<string, unknown>>;
  if (typeof does[method] !== 'function') throw new BugError(`the ${name.kind} ${name.name} has no method ${method}`);
  return { ...name, does: instance } as Plugin;
}
