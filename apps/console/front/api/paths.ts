// Drawn from docs/openapi.json by "npm run draw". Do not edit: change what the controllers tell.

export type _Schema0 =
  | string
  | number
  | boolean
  | null
  | _Schema0[]
  | {
      [k: string]: _Schema0;
    };
export type ConfigurationSaved =
  | {
      kind: 'saved';
      version: number;
    }
  | {
      kind: 'same';
    };

export interface Paths {
  '/api/overview': {
    get: {
      parameters: {};
      responses: {
        200: {
          content: {
            'application/json': {
              overview: Overview;
              page: OverviewPage;
            };
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/board': {
    get: {
      parameters: {};
      responses: {
        200: {
          content: {
            'application/json': Board;
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/board/events': {
    get: {
      parameters: {};
      responses: {
        200: {
          content: {
            /**
             * Server-sent events: `board` (its data as `GET /api/board` tells it), `unreadable` and `ended` (data null).
             */
            'text/event-stream': string;
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/conflicts/report': {
    get: {
      parameters: {
        query?: {
          by?: 'week' | 'month';
          since?: string;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': {
              rows: ConflictReportRow[];
            };
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/conflicts/rules': {
    get: {
      parameters: {
        query?: {
          revoked?: 'with';
        };
      };
      responses: {
        200: {
          content: {
            'application/json': {
              rules: PolicyRule[];
            };
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
    post: {
      parameters: {};
      requestBody: {
        content: {
          'application/json': {
            link: string;
            category: string;
            field: string;
            policy: 'manual' | 'newest' | 'parent-wins' | 'child-wins' | 'union';
            conflict?: string;
            by?: string;
          };
        };
      };
      responses: {
        201: {
          content: {
            'application/json': {
              id: string;
            };
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/conflicts/rules/{id}/revoke': {
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            by?: string;
          };
        };
      };
      responses: {
        204: {};
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/conflicts/bulk': {
    post: {
      parameters: {};
      requestBody: {
        content: {
          'application/json': {
            link?: string;
            category?: string;
            owner?: string;
            field?: string;
            reason?: string;
            openedBefore?: string;
            policy: 'newest' | 'parent-wins' | 'child-wins' | 'union';
            /**
             * @minItems 1
             */
            states?: ['open' | 'assigned', ...('open' | 'assigned')[]];
          };
        };
      };
      responses: {
        202: {
          content: {
            'application/json': BulkRun;
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
    get: {
      parameters: {};
      responses: {
        200: {
          content: {
            'application/json': {
              runs: BulkRun[];
            };
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/conflicts/bulk/{id}': {
    get: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': BulkRun;
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/conflicts/bulk/{id}/apply': {
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            by?: string;
          };
        };
      };
      responses: {
        202: {
          content: {
            'application/json': BulkRun;
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/conflicts/bulk/{id}/stop': {
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody: {
        content: {
          'application/json': {};
        };
      };
      responses: {
        202: {
          content: {
            'application/json': BulkRun;
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/conflicts': {
    get: {
      parameters: {
        query?: {
          link?: string;
          category?: string;
          owner?: string;
          field?: string;
          reason?: string;
          states?: ('open' | 'assigned' | 'answered' | 'resolved' | 'dismissed')[];
          openedBefore?: string;
          offset?: number;
          limit?: number;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': ConflictList;
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/conflicts/{id}': {
    get: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': ConflictDetail;
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/conflicts/{id}/preview': {
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            id?: string;
            version: number;
            /**
             * @minItems 1
             */
            choices: [
              (
                | {
                    path: string;
                    take: 'parent' | 'child';
                  }
                | {
                    path: string;
                    value?: string | number | boolean | null;
                  }
              ),
              ...(
                | {
                    path: string;
                    take: 'parent' | 'child';
                  }
                | {
                    path: string;
                    value?: string | number | boolean | null;
                  }
              )[]
            ];
            note?: string;
            unlessAnswered?: boolean;
          };
        };
      };
      responses: {
        200: {
          content: {
            'application/json': ConflictPreview;
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/conflicts/{id}/answer': {
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            id?: string;
            version: number;
            /**
             * @minItems 1
             */
            choices: [
              (
                | {
                    path: string;
                    take: 'parent' | 'child';
                  }
                | {
                    path: string;
                    value?: string | number | boolean | null;
                  }
              ),
              ...(
                | {
                    path: string;
                    take: 'parent' | 'child';
                  }
                | {
                    path: string;
                    value?: string | number | boolean | null;
                  }
              )[]
            ];
            note?: string;
            unlessAnswered?: boolean;
            by?: string;
          };
        };
      };
      responses: {
        202: {
          content: {
            'application/json': {
              answerId: string;
            };
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/conflicts/{id}/assign': {
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            owner: string;
            by?: string;
          };
        };
      };
      responses: {
        204: {};
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/conflicts/{id}/note': {
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            text: string;
            by?: string;
          };
        };
      };
      responses: {
        204: {};
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/conflicts/{id}/dismiss': {
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            reason: string;
            version: number;
            by?: string;
          };
        };
      };
      responses: {
        204: {};
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/parked': {
    get: {
      parameters: {
        query?: {
          link?: string;
          site?: string;
          category?: string;
          why?:
            | 'waiting'
            | 'observed'
            | 'class-closed'
            | 'possible-duplicate'
            | 'refused'
            | 'unmapped'
            | 'gave-up'
            | 'oscillates'
            | 'broken'
            | 'by-hand'
            | 'patient-stopped';
          code?: string;
          origin?: string;
          group?: string;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': HeldList;
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/parked/records': {
    get: {
      parameters: {
        query?: {
          link?: string;
          site?: string;
          category?: string;
          why?:
            | 'waiting'
            | 'observed'
            | 'class-closed'
            | 'possible-duplicate'
            | 'refused'
            | 'unmapped'
            | 'gave-up'
            | 'oscillates'
            | 'broken'
            | 'by-hand'
            | 'patient-stopped';
          code?: string;
          origin?: string;
          group?: string;
          offset?: number;
          limit?: number;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': {
              records: HeldRecord[];
            };
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/parked/records/{id}': {
    get: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': HeldDetail;
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/parked/records/{id}/why': {
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody: {
        content: {
          'application/json': {};
        };
      };
      responses: {
        200: {
          content: {
            'application/json': HeldWhyNow;
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/parked/records/{id}/redrive': {
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            by?: string;
            reason?: string;
          };
        };
      };
      responses: {
        202: {
          content: {
            'application/json': {
              asked?: true;
            };
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/parked/records/{id}/discard': {
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            by?: string;
            reason: string;
          };
        };
      };
      responses: {
        202: {
          content: {
            'application/json': {
              asked?: true;
            };
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/parked/records/{id}/park': {
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            by?: string;
            reason: string;
          };
        };
      };
      responses: {
        202: {
          content: {
            'application/json': {
              asked?: true;
            };
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/parked/runs': {
    post: {
      parameters: {};
      requestBody: {
        content: {
          'application/json': {
            link?: string;
            site?: string;
            category?: string;
            why?:
              | 'waiting'
              | 'observed'
              | 'class-closed'
              | 'possible-duplicate'
              | 'refused'
              | 'unmapped'
              | 'gave-up'
              | 'oscillates'
              | 'broken'
              | 'by-hand'
              | 'patient-stopped';
            code?: string;
            origin?: string;
            group?: string;
          };
        };
      };
      responses: {
        202: {
          content: {
            'application/json': HeldRun;
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
    get: {
      parameters: {};
      responses: {
        200: {
          content: {
            'application/json': {
              runs: HeldRun[];
            };
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/parked/runs/{id}': {
    get: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': HeldRun;
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/parked/runs/{id}/stop': {
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody: {
        content: {
          'application/json': {};
        };
      };
      responses: {
        202: {
          content: {
            'application/json': HeldRun;
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/parked/runs/{id}/redrive': {
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            by?: string;
            reason?: string;
          };
        };
      };
      responses: {
        202: {
          content: {
            'application/json': HeldRun;
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/parked/runs/{id}/discard': {
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            by?: string;
            reason: string;
          };
        };
      };
      responses: {
        202: {
          content: {
            'application/json': HeldRun;
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/parked/runs/{id}/park': {
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            by?: string;
            reason: string;
          };
        };
      };
      responses: {
        202: {
          content: {
            'application/json': HeldRun;
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/runs': {
    get: {
      parameters: {};
      responses: {
        200: {
          content: {
            'application/json': {
              runs: ManualRun[];
            };
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
    post: {
      parameters: {};
      requestBody: {
        content: {
          'application/json': {
            link: string;
            direction: 'pull' | 'push';
            scope:
              | {
                  what: 'everything';
                }
              | {
                  what: 'category';
                  category: string;
                }
              | {
                  what: 'records';
                  category: string;
                  /**
                   * @minItems 1
                   * @maxItems 10000
                   */
                  uuids: [string, ...string[]];
                }
              | {
                  what: 'patient';
                  patient: string;
                };
            dry?: boolean;
            by?: string;
          };
        };
      };
      responses: {
        202: {
          content: {
            'application/json': {
              id: string;
              said: string[];
            };
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/runs/choices': {
    get: {
      parameters: {};
      responses: {
        200: {
          content: {
            'application/json': {
              choices: ManualRunChoice[];
            };
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/runs/{id}': {
    get: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': ManualRun;
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/runs/{id}/records': {
    get: {
      parameters: {
        query?: {
          category?: string;
          as?: string;
          along?: 'no' | 'yes';
          limit?: number;
        };
        path: {
          id: string;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': {
              records: ManualRunRecord[];
            };
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/runs/{id}/cancel': {
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            by?: string;
          };
        };
      };
      responses: {
        202: {
          content: {
            'application/json': ManualRun;
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/feeds': {
    get: {
      parameters: {};
      responses: {
        200: {
          content: {
            'application/json': {
              feeds: FollowedFeed[];
            };
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/feeds/rewind': {
    post: {
      parameters: {};
      requestBody: {
        content: {
          'application/json': {
            site: string;
            category?: string;
            by?: string;
          };
        };
      };
      responses: {
        202: {
          content: {
            'application/json': {
              rewound: string[];
            };
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/not-arrived': {
    get: {
      parameters: {};
      responses: {
        200: {
          content: {
            'application/json': {
              sites: OwnSite[];
            };
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/not-arrived/{site}': {
    get: {
      parameters: {
        query?: {
          most?: number;
        };
        path: {
          site: string;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': OwnList;
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/not-arrived/{site}/completeness': {
    get: {
      parameters: {
        path: {
          site: string;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': Completeness;
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/widget/{site}/state': {
    get: {
      parameters: {
        path: {
          site: string;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': WidgetState;
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/links/{link}': {
    get: {
      parameters: {
        path: {
          link: string;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': {
              acts: LinkAct[];
            };
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/links/{link}/pause': {
    post: {
      parameters: {
        path: {
          link: string;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            direction?: 'pull' | 'push';
            reason: string;
            by?: string;
          };
        };
      };
      responses: {
        204: {};
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/links/{link}/drain': {
    post: {
      parameters: {
        path: {
          link: string;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            direction?: 'pull' | 'push';
            reason: string;
            by?: string;
          };
        };
      };
      responses: {
        204: {};
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/links/{link}/resume': {
    post: {
      parameters: {
        path: {
          link: string;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            direction?: 'pull' | 'push';
            reason?: string;
            by?: string;
          };
        };
      };
      responses: {
        204: {};
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/links/{link}/release': {
    post: {
      parameters: {
        path: {
          link: string;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            direction?: 'pull' | 'push';
            reason?: string;
            by?: string;
          };
        };
      };
      responses: {
        204: {};
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/patients': {
    get: {
      parameters: {};
      responses: {
        200: {
          content: {
            'application/json': PatientList;
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/patients/stop': {
    post: {
      parameters: {};
      requestBody: {
        content: {
          'application/json': {
            patient: string;
            link?: string;
            reason: string;
            by?: string;
          };
        };
      };
      responses: {
        200: {
          content: {
            'application/json': PatientStopped;
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/patients/kept': {
    post: {
      parameters: {};
      requestBody: {
        content: {
          'application/json': {
            patient: string;
          };
        };
      };
      responses: {
        200: {
          content: {
            'application/json': ErasedCounts;
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/patients/erase': {
    post: {
      parameters: {};
      requestBody: {
        content: {
          'application/json': {
            patient: string;
            confirm: string;
            reason: string;
            by?: string;
          };
        };
      };
      responses: {
        200: {
          content: {
            'application/json': PatientErased;
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/patients/resume': {
    post: {
      parameters: {};
      requestBody: {
        content: {
          'application/json': {
            patient: string;
            link?: string;
            reason?: string;
            by?: string;
          };
        };
      };
      responses: {
        200: {
          content: {
            'application/json': PatientResumed;
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/patients/follow': {
    post: {
      parameters: {};
      requestBody: {
        content: {
          'application/json': {
            patient: string;
            link: string;
            seconds: number;
            reason?: string;
            by?: string;
          };
        };
      };
      responses: {
        204: {};
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/patients/unfollow': {
    post: {
      parameters: {};
      requestBody: {
        content: {
          'application/json': {
            patient: string;
            link: string;
            reason?: string;
            by?: string;
          };
        };
      };
      responses: {
        204: {};
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/records/search': {
    post: {
      parameters: {};
      requestBody: {
        content: {
          'application/json': {
            text: string;
          };
        };
      };
      responses: {
        200: {
          content: {
            'application/json': {
              found: FoundRecord[];
            };
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/records/timeline': {
    post: {
      parameters: {};
      requestBody: {
        content: {
          'application/json': {
            uuid: string;
            after?: string;
          };
        };
      };
      responses: {
        200: {
          content: {
            'application/json': RecordTimeline;
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/audit/bodies/of/{id}': {
    get: {
      parameters: {
        path: {
          id: string;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': {
              bodies: KeptBody[];
            };
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/audit/bodies/{id}/show': {
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            reason: 'fault' | 'complaint' | 'data-protection' | 'test' | 'other';
            note: string;
            by?: string;
          };
        };
      };
      responses: {
        200: {
          content: {
            'application/json': ShownBody;
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/audit/choices': {
    get: {
      parameters: {};
      responses: {
        200: {
          content: {
            'application/json': AuditChoices;
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/audit/search': {
    post: {
      parameters: {};
      requestBody: {
        content: {
          'application/json': {
            filter: {
              record?: string;
              patient?: string;
              link?: string;
              site?: string;
              category?:
                | 'location'
                | 'person'
                | 'visit'
                | 'encounter'
                | 'obs'
                | 'relationship'
                | 'programenrollment'
                | 'condition'
                | 'diagnosis'
                | 'order'
                | 'medicationdispense'
                | 'allergy'
                | 'diagnosticreport'
                | 'task'
                | 'appointment'
                | 'cohort'
                | 'user'
                | 'systemsetting'
                | 'visittype'
                | 'encountertype'
                | 'encounterrole'
                | 'locationtag'
                | 'relationshiptype'
                | 'patientidentifiertype'
                | 'personattributetype'
                | 'visitattributetype'
                | 'locationattributetype'
                | 'providerattributetype'
                | 'programattributetype'
                | 'conceptclass'
                | 'conceptsource'
                | 'conceptdatatype'
                | 'caresetting'
                | 'ordertype'
                | 'orderfrequency'
                | 'program'
                | 'privilege'
                | 'role'
                | 'provider'
                | 'conceptreferenceterm'
                | 'drug'
                | 'concept'
                | 'form';
              outcome?: string;
              stage?: 'fetch' | 'map' | 'push' | 'release-waiting' | 'open-conflict' | 'apply-answer' | 'record';
              person?: string;
              since?: string;
              until?: string;
              text?: string;
              trace?: string;
              origin?: string;
            };
            after?: string;
            limit?: number;
          };
        };
      };
      responses: {
        200: {
          content: {
            'application/json': AuditPage;
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/audit/lines/{line}': {
    get: {
      parameters: {
        path: {
          line: string;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': AuditLine;
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/audit/export': {
    post: {
      parameters: {};
      requestBody: {
        content: {
          'application/json': {
            filter: {
              record?: string;
              patient?: string;
              link?: string;
              site?: string;
              category?:
                | 'location'
                | 'person'
                | 'visit'
                | 'encounter'
                | 'obs'
                | 'relationship'
                | 'programenrollment'
                | 'condition'
                | 'diagnosis'
                | 'order'
                | 'medicationdispense'
                | 'allergy'
                | 'diagnosticreport'
                | 'task'
                | 'appointment'
                | 'cohort'
                | 'user'
                | 'systemsetting'
                | 'visittype'
                | 'encountertype'
                | 'encounterrole'
                | 'locationtag'
                | 'relationshiptype'
                | 'patientidentifiertype'
                | 'personattributetype'
                | 'visitattributetype'
                | 'locationattributetype'
                | 'providerattributetype'
                | 'programattributetype'
                | 'conceptclass'
                | 'conceptsource'
                | 'conceptdatatype'
                | 'caresetting'
                | 'ordertype'
                | 'orderfrequency'
                | 'program'
                | 'privilege'
                | 'role'
                | 'provider'
                | 'conceptreferenceterm'
                | 'drug'
                | 'concept'
                | 'form';
              outcome?: string;
              stage?: 'fetch' | 'map' | 'push' | 'release-waiting' | 'open-conflict' | 'apply-answer' | 'record';
              person?: string;
              since?: string;
              until?: string;
              text?: string;
              trace?: string;
              origin?: string;
            };
            format: 'csv' | 'ndjson' | 'fhir';
            by?: string;
          };
        };
      };
      responses: {
        200: {
          content: {
            /**
             * Every line that fits; cut off, and not ended, where it fails half-way.
             */
            'text/csv': string;
            /**
             * Every line that fits; cut off, and not ended, where it fails half-way.
             */
            'application/x-ndjson': string;
            /**
             * Every line that fits; cut off, and not ended, where it fails half-way.
             */
            'application/fhir+ndjson': string;
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/audit/days': {
    get: {
      parameters: {};
      responses: {
        200: {
          content: {
            'application/json': {
              days: string[];
            };
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/audit/verify': {
    post: {
      parameters: {};
      requestBody: {
        content: {
          'application/json': {
            day: string;
          };
        };
      };
      responses: {
        200: {
          content: {
            'application/json': {
              proofs: AuditProof[];
            };
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/ws/rest/sync2/conflict/resolve': {
    post: {
      parameters: {
        query: {
          conflictUuid: string;
          auditBackPage?: string;
          backPageIndex?: string;
          version?: string;
        };
      };
      requestBody: {
        content: {
          'application/json': unknown;
        };
      };
      responses: {
        202: {
          content: {
            'application/json': {
              url: string;
            };
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/openapi.json': {
    get: {
      parameters: {};
      responses: {
        200: {
          content: {
            'application/json': {
              openapi: string;
              info: {
                title: string;
                version: string;
                [k: string]: unknown;
              };
              paths: {
                [k: string]: unknown;
              };
              components: {
                schemas: {
                  [k: string]: unknown;
                };
                [k: string]: unknown;
              };
              [k: string]: unknown;
            };
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/ws/rest/sync2/messages': {
    get: {
      parameters: {
        query: {
          pageIndex?: string;
          pageSize?: string;
          success: string;
          operation: string;
          resourceName: string;
          creatorInstanceId: string;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': Sync2Page;
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/ws/rest/sync2/messages/{uuid}': {
    get: {
      parameters: {
        path: {
          uuid: string;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': Sync2Message;
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/configuration': {
    get: {
      parameters: {};
      responses: {
        200: {
          content: {
            'application/json': ConfigurationState;
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/configuration/schema': {
    get: {
      parameters: {};
      responses: {
        200: {
          content: {
            'application/json': {
              [k: string]: unknown;
            };
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/configuration/versions': {
    get: {
      parameters: {};
      responses: {
        200: {
          content: {
            'application/json': {
              versions: ConfigurationVersion[];
            };
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/configuration/versions/{version}': {
    get: {
      parameters: {
        path: {
          version: string;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': ConfigurationVersionShown;
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/configuration/versions/{version}/check': {
    get: {
      parameters: {
        path: {
          version: string;
        };
      };
      responses: {
        200: {
          content: {
            'application/json': ConfigurationCheck;
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/configuration/check': {
    post: {
      parameters: {};
      requestBody: {
        content: {
          'application/json': {
            text: string;
          };
        };
      };
      responses: {
        200: {
          content: {
            'application/json': ConfigurationCheck;
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/configuration/edit': {
    post: {
      parameters: {};
      requestBody: {
        content: {
          'application/json': {
            text: string;
            /**
             * @minItems 1
             * @maxItems 20
             */
            edits:
              | [
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  }
                ]
              | [
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  }
                ]
              | [
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  }
                ]
              | [
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  }
                ]
              | [
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  }
                ]
              | [
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  }
                ]
              | [
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  }
                ]
              | [
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  }
                ]
              | [
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  }
                ]
              | [
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  }
                ]
              | [
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  }
                ]
              | [
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  }
                ]
              | [
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  }
                ]
              | [
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  }
                ]
              | [
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  }
                ]
              | [
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  }
                ]
              | [
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  }
                ]
              | [
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  }
                ]
              | [
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  }
                ]
              | [
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  },
                  {
                    of?: 'links' | 'sites';
                    id?: string;
                    /**
                     * @minItems 1
                     * @maxItems 6
                     */
                    path:
                      | [string]
                      | [string, string]
                      | [string, string, string]
                      | [string, string, string, string]
                      | [string, string, string, string, string]
                      | [string, string, string, string, string, string];
                    value: _Schema0;
                  }
                ];
          };
        };
      };
      responses: {
        200: {
          content: {
            'application/json': {
              text: string;
            };
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/configuration/save': {
    post: {
      parameters: {};
      requestBody: {
        content: {
          'application/json': {
            text: string;
            base: string;
            why: string;
            by?: string;
          };
        };
      };
      responses: {
        200: {
          content: {
            'application/json': ConfigurationSaved;
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/configuration/rollback': {
    post: {
      parameters: {};
      requestBody: {
        content: {
          'application/json': {
            version: number;
            base: string;
            why: string;
            by?: string;
          };
        };
      };
      responses: {
        200: {
          content: {
            'application/json': ConfigurationSaved;
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/configuration/import': {
    post: {
      parameters: {};
      requestBody: {
        content: {
          'application/json': {
            sync2: string;
            settings?: string;
            filterLocation?: string;
            childFeeds?: string;
            parentFeeds?: string;
            startAt: 'beginning' | 'now';
            childId?: string;
            parentId?: string;
          };
        };
      };
      responses: {
        200: {
          content: {
            'application/json': Sync2Draft;
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/session': {
    post: {
      parameters: {};
      requestBody: {
        content: {
          'application/json': {
            name: string;
            password: string;
          };
        };
      };
      responses: {
        200: {
          content: {
            'application/json': Session;
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
    get: {
      parameters: {};
      responses: {
        200: {
          content: {
            'application/json': Session;
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/session/end': {
    post: {
      parameters: {};
      requestBody: {
        content: {
          'application/json': {};
        };
      };
      responses: {
        204: {};
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/session/password': {
    post: {
      parameters: {};
      requestBody: {
        content: {
          'application/json': {
            current: string;
            next: string;
          };
        };
      };
      responses: {
        200: {
          content: {
            'application/json': Session;
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/session/oidc': {
    get: {
      parameters: {};
      responses: {
        200: {
          content: {
            'application/json': {
              provider: {
                title: string;
              } | null;
            };
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
    post: {
      parameters: {};
      requestBody: {
        content: {
          'application/json': {};
        };
      };
      responses: {
        200: {
          content: {
            'application/json': {
              goTo: string;
            };
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/session/oidc/callback': {
    get: {
      parameters: {
        query?: {
          state?: string;
          code?: string;
          error?: string;
        };
      };
      responses: {
        302: {};
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/accounts': {
    get: {
      parameters: {};
      responses: {
        200: {
          content: {
            'application/json': {
              accounts: Account[];
            };
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
    post: {
      parameters: {};
      requestBody: {
        content: {
          'application/json': {
            name: string;
            role: 'viewer' | 'operator' | 'resolver' | 'administrator';
          };
        };
      };
      responses: {
        201: {
          content: {
            'application/json': {
              oneTimePassword: string;
              id: string;
            };
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/accounts/tokens': {
    get: {
      parameters: {};
      responses: {
        200: {
          content: {
            'application/json': {
              tokens: ApiToken[];
            };
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/accounts/tokens/{id}/revoke': {
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody: {
        content: {
          'application/json': {};
        };
      };
      responses: {
        204: {};
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/accounts/{id}/tokens': {
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            name: string;
            /**
             * @minItems 1
             */
            scope: [
              (
                | 'see-overview'
                | 'see-conflicts'
                | 'read-audit'
                | 'find-records'
                | 'see-records'
                | 'drive-work'
                | 'answer-conflicts'
                | 'make-rules'
                | 'see-bodies'
                | 'erase-patients'
                | 'configure'
                | 'manage-accounts'
              ),
              ...(
                | 'see-overview'
                | 'see-conflicts'
                | 'read-audit'
                | 'find-records'
                | 'see-records'
                | 'drive-work'
                | 'answer-conflicts'
                | 'make-rules'
                | 'see-bodies'
                | 'erase-patients'
                | 'configure'
                | 'manage-accounts'
              )[]
            ];
            days: number;
          };
        };
      };
      responses: {
        201: {
          content: {
            'application/json': {
              id: string;
              token: string;
            };
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/accounts/{id}/role': {
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody: {
        content: {
          'application/json': {
            role: 'viewer' | 'operator' | 'resolver' | 'administrator';
          };
        };
      };
      responses: {
        204: {};
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/accounts/{id}/disable': {
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody: {
        content: {
          'application/json': {};
        };
      };
      responses: {
        204: {};
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/accounts/{id}/enable': {
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody: {
        content: {
          'application/json': {};
        };
      };
      responses: {
        204: {};
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/accounts/{id}/password': {
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody: {
        content: {
          'application/json': {};
        };
      };
      responses: {
        200: {
          content: {
            'application/json': {
              oneTimePassword: string;
            };
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/tokens': {
    get: {
      parameters: {};
      responses: {
        200: {
          content: {
            'application/json': {
              tokens: ApiToken[];
            };
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
    post: {
      parameters: {};
      requestBody: {
        content: {
          'application/json': {
            name: string;
            /**
             * @minItems 1
             */
            scope: [
              (
                | 'see-overview'
                | 'see-conflicts'
                | 'read-audit'
                | 'find-records'
                | 'see-records'
                | 'drive-work'
                | 'answer-conflicts'
                | 'make-rules'
                | 'see-bodies'
                | 'erase-patients'
                | 'configure'
                | 'manage-accounts'
              ),
              ...(
                | 'see-overview'
                | 'see-conflicts'
                | 'read-audit'
                | 'find-records'
                | 'see-records'
                | 'drive-work'
                | 'answer-conflicts'
                | 'make-rules'
                | 'see-bodies'
                | 'erase-patients'
                | 'configure'
                | 'manage-accounts'
              )[]
            ];
            days: number;
          };
        };
      };
      responses: {
        201: {
          content: {
            'application/json': {
              id: string;
              token: string;
            };
          };
        };
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
  '/api/tokens/{id}/revoke': {
    post: {
      parameters: {
        path: {
          id: string;
        };
      };
      requestBody: {
        content: {
          'application/json': {};
        };
      };
      responses: {
        204: {};
        default: {
          content: {
            'application/json': Refused;
          };
        };
      };
    };
  };
}
export interface Overview {
  takenAt: string;
  sites: OverviewOfSite[];
  links: OverviewOfLink[];
  routes: OverviewOfRoute[];
  closedClasses: OverviewOfClosedClass[];
  held: OverviewOfHeld[];
  heldTotal: number;
  ends: OverviewOfEnd[];
  observed: OverviewOfObserved[];
  processes: OverviewOfProcess[];
  leftLinks: {
    link: string;
    since: string;
    ended: number;
  }[];
  audit: {
    to: OverviewOfAuditTo | null;
    from: OverviewOfAuditFrom[];
  };
  failing: OverviewOfFailing[];
}
export interface OverviewOfSite {
  site: string;
  facts: OverviewOfSiteFacts | null;
  changed: {
    at: string;
    changes: {
      what: string;
      before: string;
      now: string;
    }[];
  } | null;
  versions: {
    platform: string | null;
    rest: string | null;
    atomfeed: string | null;
  } | null;
  state: 'up' | 'down' | 'locked-out' | 'quarantined' | 'not-asked';
  since: string | null;
  code: string | null;
  generation: number;
  changesWaiting: number;
  jobsWaiting: number;
  changesHeld: number;
  feeds: {
    category: string;
    readAt: string | null;
    newestEntryAt: string | null;
    entriesRead: number;
    trouble: string | null;
    isAsked: boolean;
    tellsOf: string[];
    readToEndAt: string | null;
    behind: {
      from: string | null;
      until: string | null;
    } | null;
  }[];
  rests: {
    until: string | null;
  } | null;
}
export interface OverviewOfSiteFacts {
  askedAt: string;
  clockSkewMs: number | null;
  clockWithinMs: number | null;
  pages: {
    usual: number | null;
    most: number | null;
  } | null;
  charset: {
    declared: string | null;
    holds: boolean;
  } | null;
  takesUuids: boolean;
  takesItemUuids: boolean;
  feedFlavour: ('generic' | 'bahmni') | null;
  fhir2: string | null;
}
export interface OverviewOfLink {
  link: string;
  writing: 'live' | 'observe' | 'read-only';
  braked: {
    since: string;
    reason: string;
    category: string;
    voids: number;
  } | null;
  drift: {
    comparedAt: string | null;
    notCompared: string[];
    drifts: OverviewOfDrift[];
  };
}
export interface OverviewOfDrift {
  kind: string;
  uuid: string;
  found: 'missing-at-parent' | 'missing-at-child' | 'other-uuid' | 'differs';
  otherUuid: string | null;
  by: ('name' | 'code' | 'identifier') | null;
  fields: string[];
  heldFor: number;
}
export interface OverviewOfRoute {
  route: {
    link: string;
    direction: 'pull' | 'push';
    source: string;
    target: string;
  };
  openJobs: number;
  held: {
    [k: string]: number;
  };
  categories: {
    category: string;
    open: number;
    oldestAt: string | null;
    movingSince: string | null;
    held: {
      [k: string]: number;
    };
  }[];
  lastGoodAt: string | null;
  rests: {
    until: string | null;
    why: 'schedule' | 'source' | 'target';
  } | null;
  freshWithinSeconds: number;
  carries: string[];
  pace: OverviewOfPace | null;
  looksPace: OverviewOfPace | null;
  pause: {
    how: 'pause' | 'drain';
    since: string;
    by: string;
  } | null;
}
export interface OverviewOfPace {
  ended: number;
  seconds: number;
  lastAgoSeconds: number;
}
export interface OverviewOfClosedClass {
  site: string;
  class: string;
  does: ('look' | 'read' | 'write' | 'make' | 'change' | 'void' | 'restore')[];
  code: 'unsupported' | 'not-allowed';
  privilege: string | null;
  because: string;
  since: string;
  waiting: number;
}
export interface OverviewOfHeld {
  kind: 'job' | 'change';
  record: {
    aggregate:
      | 'location'
      | 'person'
      | 'visit'
      | 'encounter'
      | 'obs'
      | 'relationship'
      | 'programenrollment'
      | 'condition'
      | 'diagnosis'
      | 'order'
      | 'medicationdispense'
      | 'allergy'
      | 'diagnosticreport'
      | 'task'
      | 'appointment'
      | 'cohort'
      | 'user'
      | 'systemsetting'
      | 'visittype'
      | 'encountertype'
      | 'encounterrole'
      | 'locationtag'
      | 'relationshiptype'
      | 'patientidentifiertype'
      | 'personattributetype'
      | 'visitattributetype'
      | 'locationattributetype'
      | 'providerattributetype'
      | 'programattributetype'
      | 'conceptclass'
      | 'conceptsource'
      | 'conceptdatatype'
      | 'caresetting'
      | 'ordertype'
      | 'orderfrequency'
      | 'program'
      | 'privilege'
      | 'role'
      | 'provider'
      | 'conceptreferenceterm'
      | 'drug'
      | 'concept'
      | 'form';
    uuid: string;
  };
  link: string | null;
  direction: ('pull' | 'push') | null;
  site: string;
  id: string;
  why:
    | 'waiting'
    | 'conflict'
    | 'observed'
    | 'class-closed'
    | 'possible-duplicate'
    | 'refused'
    | 'unmapped'
    | 'gave-up'
    | 'oscillates'
    | 'broken'
    | 'by-hand'
    | 'patient-stopped';
  code: string;
  names: string[];
  since: string;
}
export interface OverviewOfEnd {
  kind: 'job' | 'change';
  record: {
    aggregate:
      | 'location'
      | 'person'
      | 'visit'
      | 'encounter'
      | 'obs'
      | 'relationship'
      | 'programenrollment'
      | 'condition'
      | 'diagnosis'
      | 'order'
      | 'medicationdispense'
      | 'allergy'
      | 'diagnosticreport'
      | 'task'
      | 'appointment'
      | 'cohort'
      | 'user'
      | 'systemsetting'
      | 'visittype'
      | 'encountertype'
      | 'encounterrole'
      | 'locationtag'
      | 'relationshiptype'
      | 'patientidentifiertype'
      | 'personattributetype'
      | 'visitattributetype'
      | 'locationattributetype'
      | 'providerattributetype'
      | 'programattributetype'
      | 'conceptclass'
      | 'conceptsource'
      | 'conceptdatatype'
      | 'caresetting'
      | 'ordertype'
      | 'orderfrequency'
      | 'program'
      | 'privilege'
      | 'role'
      | 'provider'
      | 'conceptreferenceterm'
      | 'drug'
      | 'concept'
      | 'form';
    uuid: string;
  };
  link: string | null;
  direction: ('pull' | 'push') | null;
  site: string;
  end: 'pushed' | 'in-step' | 'filtered' | 'superseded' | 'discarded' | 'as-agreed' | 'mapped' | 'not-admitted' | 'absent';
  fields: string[];
  lost: string[];
  at: string;
  seconds: number | null;
}
export interface OverviewOfObserved {
  link: string;
  direction: 'pull' | 'push';
  category: string;
  would: 'would-create' | 'would-change' | 'would-void' | 'would-restore';
  records: number;
  fields: {
    name: string;
    records: number;
  }[];
}
export interface OverviewOfProcess {
  services: string[];
  since: string;
  isBehind: boolean;
  refused: {
    code: string;
    because: string[];
  } | null;
}
export interface OverviewOfAuditTo {
  url: string;
  rows: number;
  since: string | null;
  notTaken: number;
  heardAt: string | null;
  failingSince: string | null;
  code: string | null;
}
export interface OverviewOfAuditFrom {
  origin: string;
  heard: {
    heardAt: string;
    taken: number;
    waiting: number;
    waitingSince: string | null;
    notTaken: number;
  } | null;
}
export interface OverviewOfFailing {
  work: 'compare-metadata' | 'list-history' | 'read-cohorts' | 'tell-people';
  place: string;
  uuid: string;
  code: string;
  times: number;
  since: string;
  lastAt: string;
}
export interface OverviewPage {
  title: string;
  takenAt: string;
  news: {
    tone: 'good' | 'busy' | 'bad' | 'quiet';
    text: string;
  }[];
  tables: OverviewTable[];
}
export interface OverviewTable {
  id: string;
  title: string;
  explains: string;
  count: string;
  columns: string[];
  rows: {
    text: string;
    tone?: 'good' | 'busy' | 'bad' | 'quiet';
    note?: string;
    code?: boolean;
  }[][];
  empty: string;
  folded?: boolean;
}
export interface Refused {
  error: string;
  problems?: (Problem | ConfigurationProblem)[];
  permission?: string;
  seconds?: number;
  version?: number;
  as?: string;
  id?: string;
  policy?: string;
  running?: string;
  said?: string;
  reason?: string;
  file?: string;
  [k: string]: unknown;
}
export interface Problem {
  path: string;
  problem: string;
}
export interface ConfigurationProblem {
  path: string;
  line: number | null;
  column: number | null;
  found: string;
  allowed: string;
  didYouMean: string | null;
}
export interface Board {
  takenAt: string;
  sites: BoardSite[];
  links: BoardLink[];
  closed: BoardClosed[];
  heldTotal: number;
  instances: BoardInstance[];
}
export interface BoardSite {
  site: string;
  title: string;
  state: 'up' | 'down' | 'locked-out' | 'quarantined' | 'not-asked';
  since: string | null;
  code: string | null;
  rests: {
    until: string | null;
  } | null;
  toRead: number;
  toWrite: number;
  changesHeld: number;
  clockSkewMs: number | null;
  clockWithinMs: number | null;
  generation: number;
  platform: string | null;
  rest: string | null;
  fhir2: string | null;
  takesUuids: boolean | null;
  askedAt: string | null;
  feeds: BoardFeed[];
}
export interface BoardFeed {
  category: string;
  readAt: string | null;
  readToEndAt: string | null;
  newestEntryAt: string | null;
  entriesRead: number;
  trouble: string | null;
  isAsked: boolean;
  tellsOf: string[];
}
export interface BoardLink {
  link: string;
  braked: {
    since: string;
    reason: string;
    category: string;
    voids: number;
  } | null;
  routes: BoardRoute[];
}
export interface BoardRoute {
  link: string;
  direction: 'pull' | 'push';
  source: string;
  target: string;
  freshness: {
    state: 'fresh' | 'late' | 'unknown';
    asOf: string | null;
    because: 'source' | 'target' | 'feed' | 'work';
  };
  freshWithinSeconds: number;
  standing: 'observe' | 'read-only' | 'braked' | 'paused' | 'draining' | 'rests' | 'live';
  restsUntil: string | null;
  pause: {
    how: 'pause' | 'drain';
    since: string;
    by: string;
  } | null;
  changes: number;
  jobs: number;
  catchUpSeconds: number | null;
  lastGoodAt: string | null;
  held: {
    [k: string]: number;
  };
  carries: string[];
  categories: BoardCategory[];
}
export interface BoardCategory {
  category: string;
  open: number;
  movingSince: string | null;
  held: {
    [k: string]: number;
  };
}
export interface BoardClosed {
  site: string;
  category: string;
  does: string[];
  code: 'unsupported' | 'not-allowed';
  privilege: string | null;
  because: string;
  since: string;
  waiting: number;
}
export interface BoardInstance {
  origin: string;
  heardAt: string | null;
  isUnheard: boolean;
  health: ToldHealth | null;
  healthAsOf: string | null;
  healthHeardAt: string | null;
  isOutdated: boolean;
}
export interface ToldHealth {
  takenAt: string;
  version: string;
  sites: {
    site: string;
    title: string;
    state: 'up' | 'down' | 'locked-out' | 'quarantined' | 'not-asked';
    since: string | null;
    code: string | null;
    rests: {
      until: string | null;
    } | null;
    toRead: number;
    toWrite: number;
    changesHeld: number;
    clockSkewMs: number | null;
    platform: string | null;
  }[];
  links: {
    link: string;
    braked: {
      since: string;
      reason: string;
      category: string;
      voids: number;
    } | null;
    routes: {
      link: string;
      direction: 'pull' | 'push';
      source: string;
      target: string;
      freshness: {
        state: 'fresh' | 'late' | 'unknown';
        asOf: string | null;
        because: string;
      };
      freshWithinSeconds: number;
      standing: string;
      restsUntil: string | null;
      pause: {
        how: 'pause' | 'drain';
        since: string;
        by: string;
      } | null;
      changes: number;
      jobs: number;
      catchUpSeconds: number | null;
      lastGoodAt: string | null;
      held: {
        [k: string]: number;
      };
    }[];
  }[];
  heldTotal: number;
  notTold: {
    sites: number;
    links: number;
  };
}
export interface ConflictReportRow {
  from: string;
  link: string;
  category: string;
  aggregate:
    | 'location'
    | 'person'
    | 'visit'
    | 'encounter'
    | 'obs'
    | 'relationship'
    | 'programenrollment'
    | 'condition'
    | 'diagnosis'
    | 'order'
    | 'medicationdispense'
    | 'allergy'
    | 'diagnosticreport'
    | 'task'
    | 'appointment'
    | 'cohort'
    | 'user'
    | 'systemsetting'
    | 'visittype'
    | 'encountertype'
    | 'encounterrole'
    | 'locationtag'
    | 'relationshiptype'
    | 'patientidentifiertype'
    | 'personattributetype'
    | 'visitattributetype'
    | 'locationattributetype'
    | 'providerattributetype'
    | 'programattributetype'
    | 'conceptclass'
    | 'conceptsource'
    | 'conceptdatatype'
    | 'caresetting'
    | 'ordertype'
    | 'orderfrequency'
    | 'program'
    | 'privilege'
    | 'role'
    | 'provider'
    | 'conceptreferenceterm'
    | 'drug'
    | 'concept'
    | 'form';
  field: string;
  by: string | null;
  opened: number;
  closed: number;
}
export interface PolicyRule {
  id: string;
  link: string;
  child: string;
  category: string;
  field: string;
  policy: 'manual' | 'newest' | 'parent-wins' | 'child-wins' | 'union';
  conflict: string | null;
  madeBy: string;
  madeAt: string;
  revoked: {
    by: string;
    at: string;
  } | null;
  isOverruled: boolean;
}
export interface BulkRun {
  id: string;
  does: 'plan' | 'answer';
  by: string | null;
  asked: {
    link?: string;
    category?: string;
    owner?: string;
    field?: string;
    reason?: string;
    openedBefore?: string;
    policy: 'newest' | 'parent-wins' | 'child-wins' | 'union';
    /**
     * @minItems 1
     */
    states?: ['open' | 'assigned', ...('open' | 'assigned')[]];
  };
  state: 'running' | 'done' | 'stopped' | 'failed';
  done: number;
  of: number;
  counts: BulkCounts | null;
}
export interface BulkCounts {
  found: number;
  answered: number;
  inPart: number;
  passedOver: number;
  taken: {
    field: string;
    take: 'parent' | 'child';
    count: number;
  }[];
  left: {
    why: string;
    count: number;
  }[];
}
export interface ConflictList {
  conflicts: ConflictSummary[];
  counts: {
    all: number;
    elsewhere?: number;
    by: {
      link: {
        name: string;
        count: number;
      }[];
      category: {
        name: string;
        count: number;
      }[];
      field: {
        name: string;
        count: number;
      }[];
      owner: {
        name: string;
        count: number;
      }[];
      reason: {
        name: string;
        count: number;
      }[];
      state: {
        name: string;
        count: number;
      }[];
    };
  };
}
export interface ConflictSummary {
  id: string;
  link: string;
  parent: string;
  child: string;
  record: {
    aggregate:
      | 'location'
      | 'person'
      | 'visit'
      | 'encounter'
      | 'obs'
      | 'relationship'
      | 'programenrollment'
      | 'condition'
      | 'diagnosis'
      | 'order'
      | 'medicationdispense'
      | 'allergy'
      | 'diagnosticreport'
      | 'task'
      | 'appointment'
      | 'cohort'
      | 'user'
      | 'systemsetting'
      | 'visittype'
      | 'encountertype'
      | 'encounterrole'
      | 'locationtag'
      | 'relationshiptype'
      | 'patientidentifiertype'
      | 'personattributetype'
      | 'visitattributetype'
      | 'locationattributetype'
      | 'providerattributetype'
      | 'programattributetype'
      | 'conceptclass'
      | 'conceptsource'
      | 'conceptdatatype'
      | 'caresetting'
      | 'ordertype'
      | 'orderfrequency'
      | 'program'
      | 'privilege'
      | 'role'
      | 'provider'
      | 'conceptreferenceterm'
      | 'drug'
      | 'concept'
      | 'form';
    uuid: string;
  };
  category: string;
  reason: string;
  fields: string[];
  state: 'open' | 'assigned' | 'answered' | 'resolved' | 'dismissed';
  owner: string | null;
  version: number;
  openedAt: string;
  updatedAt: string;
  waitingBehind: number;
  jobId: string;
  origin?: string;
}
export interface ConflictDetail {
  conflict: ConflictSummary;
  titles: {
    parent: string;
    child: string;
  };
  fields: ConflictField[];
  authors: {
    parent: ConflictAuthor;
    child: ConflictAuthor;
  };
  dashboards: {
    parent: string | null;
    child: string | null;
  };
  notes: ConflictNote[];
  takesAlong?: string[];
  takesAnother?: boolean;
}
export interface ConflictField {
  path: string;
  field: string;
  item: string | null;
  kind: 'text' | 'number' | 'boolean' | 'date' | 'instant' | 'reference' | 'presence' | 'item' | 'json';
  base: {
    parent: ConflictSide;
    child: ConflictSide;
  } | null;
  parent: ConflictSide;
  child: ConflictSide;
  does: 'ask' | 'nothing' | 'to-parent' | 'to-child' | 'to-both' | 'unknown';
  why: string;
  takes: ('parent' | 'child' | 'value')[];
}
export interface ConflictSide {
  value?: string | number | boolean | null;
  label: string | null;
  isKnown: boolean;
}
export interface ConflictAuthor {
  who: string | null;
  label: string | null;
  at: string | null;
}
export interface ConflictNote {
  at: string;
  by: string;
  what: string;
  text: string | null;
}
export interface ConflictPreview {
  writes: {
    site: string;
    fields: {
      path: string;
      from: ConflictSide;
      to: ConflictSide;
    }[];
  }[];
  open: string[];
}
export interface HeldList {
  groups: HeldGroup[];
  away: SiteAway[];
  elsewhere: {
    origin: string;
    heardAt: string | null;
    isUnheard: boolean;
    takesActs: boolean;
    count: number;
  }[];
  asked: HeldFarAct[];
  counts: {
    all: number;
    groups: number;
    by: {
      link: {
        name: string;
        count: number;
      }[];
      site: {
        name: string;
        count: number;
      }[];
      category: {
        name: string;
        count: number;
      }[];
      why: {
        name: string;
        count: number;
      }[];
      origin: {
        name: string;
        count: number;
      }[];
    };
  };
}
export interface HeldGroup {
  id: string;
  kind: 'job' | 'change';
  link: string | null;
  direction: ('pull' | 'push') | null;
  source: string | null;
  site: string;
  category: string;
  why:
    | 'waiting'
    | 'observed'
    | 'class-closed'
    | 'possible-duplicate'
    | 'refused'
    | 'unmapped'
    | 'gave-up'
    | 'oscillates'
    | 'broken'
    | 'by-hand'
    | 'patient-stopped';
  code: string;
  names: HeldName[];
  helps:
    | 'add-metadata'
    | 'pull-metadata'
    | 'wait'
    | 'mend-record'
    | 'mend-identifier'
    | 'grant-privilege'
    | 'update-site'
    | 'redrive'
    | 'stop-one-end'
    | 'report'
    | 'go-live'
    | 'let-go-on';
  stopped?: {
    by: string;
    since: string;
  };
  origin?: string;
  count: number;
  oldestAt: string;
}
export interface HeldName {
  name: string;
  label: string | null;
}
export interface SiteAway {
  site: string;
  state: 'down' | 'locked-out' | 'quarantined';
  since: string;
  waiting: number;
  origin?: string;
}
export interface HeldFarAct {
  id: string;
  origin: string;
  what: 'redriven' | 'discarded' | 'parked';
  by: string;
  at: string;
  reason: string | null;
  group: string;
  held: string | null;
  sentAt: string | null;
  endedAt: string | null;
  became: ('done' | 'moving' | 'conflict' | 'gone' | 'not-taken') | null;
  counts: {
    found: number;
    done: number;
    passedOver: number;
    asked?: number;
  } | null;
}
export interface HeldRecord {
  id: string;
  kind: 'job' | 'change';
  link: string | null;
  direction: ('pull' | 'push') | null;
  source: string | null;
  site: string;
  category: string;
  why:
    | 'waiting'
    | 'observed'
    | 'class-closed'
    | 'possible-duplicate'
    | 'refused'
    | 'unmapped'
    | 'gave-up'
    | 'oscillates'
    | 'broken'
    | 'by-hand'
    | 'patient-stopped';
  code: string;
  names: HeldName[];
  helps:
    | 'add-metadata'
    | 'pull-metadata'
    | 'wait'
    | 'mend-record'
    | 'mend-identifier'
    | 'grant-privilege'
    | 'update-site'
    | 'redrive'
    | 'stop-one-end'
    | 'report'
    | 'go-live'
    | 'let-go-on';
  stopped?: {
    by: string;
    since: string;
  };
  origin?: string;
  group: string;
  record: {
    aggregate:
      | 'location'
      | 'person'
      | 'visit'
      | 'encounter'
      | 'obs'
      | 'relationship'
      | 'programenrollment'
      | 'condition'
      | 'diagnosis'
      | 'order'
      | 'medicationdispense'
      | 'allergy'
      | 'diagnosticreport'
      | 'task'
      | 'appointment'
      | 'cohort'
      | 'user'
      | 'systemsetting'
      | 'visittype'
      | 'encountertype'
      | 'encounterrole'
      | 'locationtag'
      | 'relationshiptype'
      | 'patientidentifiertype'
      | 'personattributetype'
      | 'visitattributetype'
      | 'locationattributetype'
      | 'providerattributetype'
      | 'programattributetype'
      | 'conceptclass'
      | 'conceptsource'
      | 'conceptdatatype'
      | 'caresetting'
      | 'ordertype'
      | 'orderfrequency'
      | 'program'
      | 'privilege'
      | 'role'
      | 'provider'
      | 'conceptreferenceterm'
      | 'drug'
      | 'concept'
      | 'form';
    uuid: string;
  };
  since: string;
  openedAt: string;
}
export interface HeldDetail {
  held: HeldRecord;
  notes: {
    at: string;
    by: string;
    what: 'redriven' | 'discarded' | 'parked';
    reason: string | null;
  }[];
  isWriteUnknown: boolean;
  isMoving: boolean;
}
export interface HeldWhyNow {
  works: 'yes' | 'no' | 'later' | 'unknown';
  prospect:
    | 'would-write'
    | 'would-be-refused'
    | 'would-end-equal'
    | 'would-not-be-admitted'
    | 'would-ask'
    | 'would-wait'
    | 'would-be-held'
    | 'rests'
    | 'site-away'
    | 'cannot-be-read'
    | 'is-moving'
    | 'not-here'
    | 'elsewhere'
    | 'not-asked';
  site: string | null;
  why: string | null;
  code: string | null;
  names: HeldName[];
  hasChanged: boolean | null;
}
export interface HeldRun {
  id: string;
  does: 'plan' | 'redriven' | 'discarded' | 'parked';
  by: string | null;
  asked: {
    link?: string;
    site?: string;
    category?: string;
    why?:
      | 'waiting'
      | 'observed'
      | 'class-closed'
      | 'possible-duplicate'
      | 'refused'
      | 'unmapped'
      | 'gave-up'
      | 'oscillates'
      | 'broken'
      | 'by-hand'
      | 'patient-stopped';
    code?: string;
    origin?: string;
    group?: string;
  };
  state: 'running' | 'done' | 'stopped' | 'failed';
  done: number;
  of: number;
  counts: {
    found: number;
    done: number;
    passedOver: number;
    asked?: number;
  } | null;
}
export interface ManualRun {
  id: string;
  link: string;
  direction: 'pull' | 'push';
  source: string;
  target: string;
  scope:
    | {
        what: 'everything';
      }
    | {
        what: 'category';
        category: string;
      }
    | {
        what: 'records';
        category: string;
        /**
         * @minItems 1
         * @maxItems 10000
         */
        uuids: [string, ...string[]];
      }
    | {
        what: 'patient';
        patient: string;
      };
  state: 'listing' | 'looking' | 'ended' | 'cancelled';
  askedBy: string;
  askedAt: string;
  endedAt: string | null;
  toList: number;
  notListed: {
    category: string;
    patient?: string;
    code: string;
  }[];
  categories: {
    category: string;
    listed: number;
    underWay: number;
    ended: number;
    became: {
      as: string;
      reason: string | null;
      records: number;
    }[];
    told?: DryRunTold;
  }[];
  dry: boolean;
  waitsFor: {
    site: string;
    why: 'down' | 'locked-out' | 'quarantined' | 'rests';
  } | null;
  told?: DryRunTold;
  along?: {
    as: string;
    records: number;
  }[];
}
export interface DryRunTold {
  writes: number;
  conflicts: number;
  bytesToSend: number;
  source: {
    requests: number;
    ms: number;
    bytes: number;
  };
  target: {
    requests: number;
    ms: number;
    bytes: number;
  };
  about: {
    seconds: number;
    slowest: ('source' | 'target') | null;
    source: {
      requests: number;
      msPerRequest: number;
      atOnce: number;
    };
    target: {
      requests: number;
      msPerRequest: number;
      atOnce: number;
    };
  } | null;
}
export interface ManualRunChoice {
  link: string;
  direction: 'pull' | 'push';
  source: string;
  target: string;
  categories: string[];
}
export interface ManualRunRecord {
  record: {
    aggregate:
      | 'location'
      | 'person'
      | 'visit'
      | 'encounter'
      | 'obs'
      | 'relationship'
      | 'programenrollment'
      | 'condition'
      | 'diagnosis'
      | 'order'
      | 'medicationdispense'
      | 'allergy'
      | 'diagnosticreport'
      | 'task'
      | 'appointment'
      | 'cohort'
      | 'user'
      | 'systemsetting'
      | 'visittype'
      | 'encountertype'
      | 'encounterrole'
      | 'locationtag'
      | 'relationshiptype'
      | 'patientidentifiertype'
      | 'personattributetype'
      | 'visitattributetype'
      | 'locationattributetype'
      | 'providerattributetype'
      | 'programattributetype'
      | 'conceptclass'
      | 'conceptsource'
      | 'conceptdatatype'
      | 'caresetting'
      | 'ordertype'
      | 'orderfrequency'
      | 'program'
      | 'privilege'
      | 'role'
      | 'provider'
      | 'conceptreferenceterm'
      | 'drug'
      | 'concept'
      | 'form';
    uuid: string;
  };
  category: string;
  as: string | null;
  reason: string | null;
  fields: string[];
  awaits: string[];
  isAlong: boolean;
}
export interface FollowedFeed {
  site: string;
  category: string;
  readAt: string | null;
  newestEntryAt: string | null;
  entriesRead: number;
  trouble: string | null;
}
export interface OwnSite {
  site: string;
  title: string;
  hasPatientPage: boolean;
}
export interface OwnList {
  site: OwnSite;
  takenAt: string;
  all: number;
  groups: OwnGroup[];
}
export interface OwnGroup {
  id: string;
  because: 'held' | 'conflict' | 'waiting' | 'paused' | 'away' | 'moving' | 'unread';
  kind: 'job' | 'change';
  link: string | null;
  direction: ('pull' | 'push') | null;
  site: string;
  category: string;
  why: string | null;
  code: string;
  names: HeldName[];
  helps:
    | (
        | 'add-metadata'
        | 'pull-metadata'
        | 'wait'
        | 'mend-record'
        | 'mend-identifier'
        | 'grant-privilege'
        | 'update-site'
        | 'redrive'
        | 'stop-one-end'
        | 'report'
        | 'go-live'
        | 'let-go-on'
        | 'answer'
      )
    | null;
  pause: {
    why: 'brake' | 'pause' | 'observe' | 'read-only' | 'schedule' | 'source' | 'target';
    until: string | null;
  } | null;
  away: {
    site: string;
    state: 'down' | 'locked-out' | 'quarantined';
    since: string;
  } | null;
  count: number;
  oldestAt: string;
  records: OwnRecord[];
}
export interface OwnRecord {
  id: string;
  record: {
    aggregate:
      | 'location'
      | 'person'
      | 'visit'
      | 'encounter'
      | 'obs'
      | 'relationship'
      | 'programenrollment'
      | 'condition'
      | 'diagnosis'
      | 'order'
      | 'medicationdispense'
      | 'allergy'
      | 'diagnosticreport'
      | 'task'
      | 'appointment'
      | 'cohort'
      | 'user'
      | 'systemsetting'
      | 'visittype'
      | 'encountertype'
      | 'encounterrole'
      | 'locationtag'
      | 'relationshiptype'
      | 'patientidentifiertype'
      | 'personattributetype'
      | 'visitattributetype'
      | 'locationattributetype'
      | 'providerattributetype'
      | 'programattributetype'
      | 'conceptclass'
      | 'conceptsource'
      | 'conceptdatatype'
      | 'caresetting'
      | 'ordertype'
      | 'orderfrequency'
      | 'program'
      | 'privilege'
      | 'role'
      | 'provider'
      | 'conceptreferenceterm'
      | 'drug'
      | 'concept'
      | 'form';
    uuid: string;
  };
  since: string;
  patient: {
    uuid: string;
    page: string | null;
  } | null;
  conflict: string | null;
}
export interface Completeness {
  site: string;
  countedAt: string;
  rows: CompletenessRow[] | null;
  unread: number;
  sealed: number;
}
export interface CompletenessRow {
  link: string;
  other: string;
  category: 'patient' | 'visit' | 'encounter';
  month: string | null;
  here: number;
  there: number;
  both: number;
}
export interface WidgetState {
  site: string;
  title: string;
  state: 'in-step' | 'catching-up' | 'away' | 'paused';
  lastGoodAt: string | null;
  lastAskedAt: string | null;
  waiting: number;
  held: number;
  expectedDoneAt: string | null;
  takenAt: string;
}
export interface LinkAct {
  what: 'pause' | 'drain' | 'resume' | 'release';
  direction: ('pull' | 'push') | null;
  by: string;
  reason: string | null;
  at: string;
}
export interface PatientList {
  links: string[];
  stopped: StoppedPatient[];
  followed: FollowedPatient[];
  departed: DepartedPatient[];
}
export interface StoppedPatient {
  patient: string;
  link: string | null;
  by: string;
  since: string;
  reason: string | null;
  waiting: number;
  erasedAt: string | null;
}
export interface FollowedPatient {
  patient: string;
  link: string;
  by: string;
  since: string;
  until: string;
  reason: string | null;
}
export interface DepartedPatient {
  patient: string;
  link: string;
  state: string;
  waitsFor: string | null;
  since: string;
}
export interface PatientStopped {
  outcome: 'done' | 'as-it-is' | 'no-such-link';
  patient: string;
  isKnown: boolean;
  underWay: number;
  elsewhere: string[];
}
export interface ErasedCounts {
  records: number;
  snapshots: number;
  agreements: number;
  held: number;
  conflicts: number;
  decisions: number;
  writes: number;
  bodies: number;
  words: number;
  received: number;
}
export interface PatientErased {
  outcome: 'done' | 'not-stopped' | 'in-hand' | 'not-confirmed';
  counts: ErasedCounts | null;
}
export interface PatientResumed {
  outcome: 'done' | 'as-it-is' | 'no-such-link';
  woken: number;
}
export interface FoundRecord {
  record: {
    aggregate:
      | 'location'
      | 'person'
      | 'visit'
      | 'encounter'
      | 'obs'
      | 'relationship'
      | 'programenrollment'
      | 'condition'
      | 'diagnosis'
      | 'order'
      | 'medicationdispense'
      | 'allergy'
      | 'diagnosticreport'
      | 'task'
      | 'appointment'
      | 'cohort'
      | 'user'
      | 'systemsetting'
      | 'visittype'
      | 'encountertype'
      | 'encounterrole'
      | 'locationtag'
      | 'relationshiptype'
      | 'patientidentifiertype'
      | 'personattributetype'
      | 'visitattributetype'
      | 'locationattributetype'
      | 'providerattributetype'
      | 'programattributetype'
      | 'conceptclass'
      | 'conceptsource'
      | 'conceptdatatype'
      | 'caresetting'
      | 'ordertype'
      | 'orderfrequency'
      | 'program'
      | 'privilege'
      | 'role'
      | 'provider'
      | 'conceptreferenceterm'
      | 'drug'
      | 'concept'
      | 'form';
    uuid: string;
  };
  by: 'uuid' | 'identifier' | 'name';
}
export interface RecordTimeline {
  record: {
    aggregate:
      | 'location'
      | 'person'
      | 'visit'
      | 'encounter'
      | 'obs'
      | 'relationship'
      | 'programenrollment'
      | 'condition'
      | 'diagnosis'
      | 'order'
      | 'medicationdispense'
      | 'allergy'
      | 'diagnosticreport'
      | 'task'
      | 'appointment'
      | 'cohort'
      | 'user'
      | 'systemsetting'
      | 'visittype'
      | 'encountertype'
      | 'encounterrole'
      | 'locationtag'
      | 'relationshiptype'
      | 'patientidentifiertype'
      | 'personattributetype'
      | 'visitattributetype'
      | 'locationattributetype'
      | 'providerattributetype'
      | 'programattributetype'
      | 'conceptclass'
      | 'conceptsource'
      | 'conceptdatatype'
      | 'caresetting'
      | 'ordertype'
      | 'orderfrequency'
      | 'program'
      | 'privilege'
      | 'role'
      | 'provider'
      | 'conceptreferenceterm'
      | 'drug'
      | 'concept'
      | 'form';
    uuid: string;
  };
  patient: {
    aggregate:
      | 'location'
      | 'person'
      | 'visit'
      | 'encounter'
      | 'obs'
      | 'relationship'
      | 'programenrollment'
      | 'condition'
      | 'diagnosis'
      | 'order'
      | 'medicationdispense'
      | 'allergy'
      | 'diagnosticreport'
      | 'task'
      | 'appointment'
      | 'cohort'
      | 'user'
      | 'systemsetting'
      | 'visittype'
      | 'encountertype'
      | 'encounterrole'
      | 'locationtag'
      | 'relationshiptype'
      | 'patientidentifiertype'
      | 'personattributetype'
      | 'visitattributetype'
      | 'locationattributetype'
      | 'providerattributetype'
      | 'programattributetype'
      | 'conceptclass'
      | 'conceptsource'
      | 'conceptdatatype'
      | 'caresetting'
      | 'ordertype'
      | 'orderfrequency'
      | 'program'
      | 'privilege'
      | 'role'
      | 'provider'
      | 'conceptreferenceterm'
      | 'drug'
      | 'concept'
      | 'form';
    uuid: string;
  } | null;
  agreed: RecordAgreed[];
  standing: RecordStanding[];
  stops: RecordStop[];
  away: SiteAway[];
  hops: RecordHop[];
  next: string | null;
  hanging: HangingRecord[];
}
export interface RecordAgreed {
  link: string;
  parent: string;
  child: string;
  at: string;
}
export interface RecordStanding {
  kind: 'job' | 'change';
  id: string;
  link: string | null;
  direction: ('pull' | 'push') | null;
  source: string | null;
  site: string;
  state: 'moving' | 'waiting' | 'conflict' | 'parked';
  why: string | null;
  code: string;
  names: HeldName[];
  since: string;
  conflict: string | null;
  helps:
    | (
        | 'add-metadata'
        | 'pull-metadata'
        | 'wait'
        | 'mend-record'
        | 'mend-identifier'
        | 'grant-privilege'
        | 'update-site'
        | 'redrive'
        | 'stop-one-end'
        | 'report'
        | 'go-live'
        | 'let-go-on'
        | 'answer'
      )
    | null;
}
export interface RecordStop {
  link: string | null;
  by: string;
  since: string;
}
export interface RecordHop {
  at: string;
  said: string;
  site: string;
  link: string | null;
  outcome: string | null;
  reason: string | null;
  by: string | null;
  fields: string[];
  lost: string[];
  origin: string | null;
}
export interface HangingRecord {
  record: {
    aggregate:
      | 'location'
      | 'person'
      | 'visit'
      | 'encounter'
      | 'obs'
      | 'relationship'
      | 'programenrollment'
      | 'condition'
      | 'diagnosis'
      | 'order'
      | 'medicationdispense'
      | 'allergy'
      | 'diagnosticreport'
      | 'task'
      | 'appointment'
      | 'cohort'
      | 'user'
      | 'systemsetting'
      | 'visittype'
      | 'encountertype'
      | 'encounterrole'
      | 'locationtag'
      | 'relationshiptype'
      | 'patientidentifiertype'
      | 'personattributetype'
      | 'visitattributetype'
      | 'locationattributetype'
      | 'providerattributetype'
      | 'programattributetype'
      | 'conceptclass'
      | 'conceptsource'
      | 'conceptdatatype'
      | 'caresetting'
      | 'ordertype'
      | 'orderfrequency'
      | 'program'
      | 'privilege'
      | 'role'
      | 'provider'
      | 'conceptreferenceterm'
      | 'drug'
      | 'concept'
      | 'form';
    uuid: string;
  };
  lastAt: string;
  states: ('moving' | 'waiting' | 'conflict' | 'parked')[];
}
export interface KeptBody {
  id: string;
  site: string;
  link: string;
  aggregate:
    | 'location'
    | 'person'
    | 'visit'
    | 'encounter'
    | 'obs'
    | 'relationship'
    | 'programenrollment'
    | 'condition'
    | 'diagnosis'
    | 'order'
    | 'medicationdispense'
    | 'allergy'
    | 'diagnosticreport'
    | 'task'
    | 'appointment'
    | 'cohort'
    | 'user'
    | 'systemsetting'
    | 'visittype'
    | 'encountertype'
    | 'encounterrole'
    | 'locationtag'
    | 'relationshiptype'
    | 'patientidentifiertype'
    | 'personattributetype'
    | 'visitattributetype'
    | 'locationattributetype'
    | 'providerattributetype'
    | 'programattributetype'
    | 'conceptclass'
    | 'conceptsource'
    | 'conceptdatatype'
    | 'caresetting'
    | 'ordertype'
    | 'orderfrequency'
    | 'program'
    | 'privilege'
    | 'role'
    | 'provider'
    | 'conceptreferenceterm'
    | 'drug'
    | 'concept'
    | 'form';
  uuid: string;
  jobId: string;
  at: string;
  until: string;
  status: number | null;
  bytes: number;
}
export interface ShownBody {
  id: string;
  site: string;
  link: string;
  aggregate:
    | 'location'
    | 'person'
    | 'visit'
    | 'encounter'
    | 'obs'
    | 'relationship'
    | 'programenrollment'
    | 'condition'
    | 'diagnosis'
    | 'order'
    | 'medicationdispense'
    | 'allergy'
    | 'diagnosticreport'
    | 'task'
    | 'appointment'
    | 'cohort'
    | 'user'
    | 'systemsetting'
    | 'visittype'
    | 'encountertype'
    | 'encounterrole'
    | 'locationtag'
    | 'relationshiptype'
    | 'patientidentifiertype'
    | 'personattributetype'
    | 'visitattributetype'
    | 'locationattributetype'
    | 'providerattributetype'
    | 'programattributetype'
    | 'conceptclass'
    | 'conceptsource'
    | 'conceptdatatype'
    | 'caresetting'
    | 'ordertype'
    | 'orderfrequency'
    | 'program'
    | 'privilege'
    | 'role'
    | 'provider'
    | 'conceptreferenceterm'
    | 'drug'
    | 'concept'
    | 'form';
  uuid: string;
  jobId: string;
  at: string;
  until: string;
  status: number | null;
  bytes: number;
  opened: {
    method: string;
    path: string;
    request: string;
    answer: string | null;
    isCut: boolean;
  } | null;
  shownBefore: {
    by: string;
    at: string;
    reason: 'fault' | 'complaint' | 'data-protection' | 'test' | 'other';
    note: string | null;
  }[];
}
export interface AuditChoices {
  links: string[];
  sites: string[];
  categories: string[];
  outcomes: string[];
  stages: string[];
  origins: string[];
}
export interface AuditPage {
  lines: AuditLine[];
  next: string | null;
}
export interface AuditLine {
  id: string;
  messageId: string;
  type: string;
  site: string;
  link: string | null;
  aggregate: string | null;
  uuid: string | null;
  correlationId: string;
  outcome: string | null;
  reason: string | null;
  details: {
    [k: string]: unknown;
  };
  saidAt: string;
  recordedAt: string;
  origin: string | null;
}
export interface AuditProof {
  kind: 'own' | 'received';
  day: string;
  rows: number;
  notSealed: number;
  verdict: 'intact' | 'dropped' | 'broken' | 'key-missing';
  fault:
    | (
        | {
            id: string;
            what: 'altered' | 'removed' | 'between';
          }
        | {
            seal: string;
          }
      )
    | null;
  head: string | null;
}
export interface Sync2Page {
  itemsCount: number;
  page: number;
  pageSize: number;
  data: Sync2Message[];
}
export interface Sync2Message {
  id: number;
  uuid: string;
  success: boolean;
  /**
   * `yyyy-MM-dd HH:mm:ss` in the time zone of the process, as Sync 2.0 told it
   */
  timestamp: string;
  resourceName: string;
  usedResourceUrl: string | null;
  availableResourceUrls: string | null;
  parentUrl: string | null;
  localUrl: string | null;
  action: string | null;
  operation: ('PULL' | 'PUSH') | null;
  details: string;
  linkType: string;
  nextMessageUuid: string | null;
  creatorInstanceId: string;
  voided: boolean;
  mergeConflictUuid: string | null;
}
export interface ConfigurationState {
  file: string;
  text: string | null;
  base: string;
  cannotSave: ('config-map' | 'file-read-only' | 'folder-read-only' | 'mounted-file' | 'not-there') | null;
  isInForce: boolean;
  refused: string[];
  behind: string[];
  version: number | null;
}
export interface ConfigurationVersion {
  version: number;
  at: string;
  from: 'first' | 'console' | 'command-line' | 'roll-back' | 'file';
  by: string | null;
  why: string | null;
  of: number | null;
  paths: string[];
}
export interface ConfigurationVersionShown {
  version: number;
  at: string;
  from: 'first' | 'console' | 'command-line' | 'roll-back' | 'file';
  by: string | null;
  why: string | null;
  of: number | null;
  paths: string[];
  text: string | null;
  sinceBefore: ComparedLine[];
}
export interface ComparedLine {
  in: 'both' | 'before' | 'after';
  text: string;
}
export interface ConfigurationCheck {
  problems: ConfigurationProblem[];
  changes: ConfigurationChange[];
  consequences: ConfigurationConsequence[];
  lines: ComparedLine[];
  outline: ConfigurationOutline | null;
}
export interface ConfigurationChange {
  path: string;
  what: 'added' | 'removed' | 'changed';
  before: string | null;
  after: string | null;
}
export interface ConfigurationConsequence {
  code:
    | 'needs-restart'
    | 'link-out'
    | 'link-in'
    | 'goes-live'
    | 'only-observes'
    | 'read-only'
    | 'looked-through'
    | 'leavers-retired'
    | 'judged-anew'
    | 'site-out'
    | 'site-in'
    | 'new-login';
  at: string;
  count: number | null;
}
export interface ConfigurationOutline {
  sites: {
    id: string;
    pollSeconds: number;
    windows: {
      days: string[];
      from: string;
      to: string;
    }[];
  }[];
  links: {
    id: string;
    mode: 'observe' | 'live';
    pull: {
      days: string[];
      from: string;
      to: string;
    }[];
    push: {
      days: string[];
      from: string;
      to: string;
    }[];
    policy: string | null;
  }[];
  policy: string | null;
}
export interface Sync2Draft {
  text: string;
  notes: {
    kind: string;
    where: string;
    what: string;
  }[];
}
export interface Session {
  name: string;
  role: 'viewer' | 'operator' | 'resolver' | 'administrator';
  permissions: (
    | 'see-overview'
    | 'see-conflicts'
    | 'read-audit'
    | 'find-records'
    | 'see-records'
    | 'drive-work'
    | 'answer-conflicts'
    | 'make-rules'
    | 'see-bodies'
    | 'erase-patients'
    | 'configure'
    | 'manage-accounts'
  )[];
  mustChangePassword: boolean;
  hasPassword: boolean;
  pageToken: string;
}
export interface Account {
  id: string;
  name: string;
  role: 'viewer' | 'operator' | 'resolver' | 'administrator';
  isDisabled: boolean;
  mustChangePassword: boolean;
  provider: string | null;
  madeBy: string;
  madeAt: string;
  lastSignInAt: string | null;
}
export interface ApiToken {
  id: string;
  account: string;
  name: string;
  scope: (
    | 'see-overview'
    | 'see-conflicts'
    | 'read-audit'
    | 'find-records'
    | 'see-records'
    | 'drive-work'
    | 'answer-conflicts'
    | 'make-rules'
    | 'see-bodies'
    | 'erase-patients'
    | 'configure'
    | 'manage-accounts'
  )[];
  madeBy: string;
  madeAt: string;
  expiresAt: string;
  lastUsedAt: string | null;
  revoked: {
    by: string;
    at: string;
  } | null;
}
