// Drawn from docs/openapi.json by "npm run draw". Do not edit: change what the controllers tell.

export interface Paths {
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
            'application/json': {};
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
            'application/json': {};
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
            'application/json': {};
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
            reason?: string;
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
export interface Refused {
  error: string;
  problems?: {
    path: string;
    problem: string;
  }[];
  [k: string]: unknown;
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
  away: {
    site: string;
    state: 'down' | 'locked-out' | 'quarantined';
    since: string;
    waiting: number;
  }[];
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
  count: number;
  oldestAt: string;
}
export interface HeldName {
  name: string;
  label: string | null;
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
    group?: string;
  };
  state: 'running' | 'done' | 'stopped' | 'failed';
  done: number;
  of: number;
  counts: {
    found: number;
    done: number;
    passedOver: number;
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
export interface PatientResumed {
  outcome: 'done' | 'as-it-is' | 'no-such-link';
  woken: number;
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
