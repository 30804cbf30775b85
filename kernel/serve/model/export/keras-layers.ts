/** A layer of Keras 3 that computes what TensorFlow.js's of the same name does. */
export type KerasLayer = {
  /** What is taken over of the configuration; initializers are not, since the weights are there. */
  keys: string[]
  /** Names of the variables in Keras's order. */
  variables: string[]
  /** Keys that Keras calls otherwise. */
  renamed?: Record<string, string>
  /** The variables belong to the layer's cell. */
  cell?: boolean
}

const plain = (...keys: string[]): KerasLayer => ({ keys, variables: [] })
const convolution = (...more: string[]): KerasLayer => ({
  keys: [
    'filters',
    'kernel_size',
    'strides',
    'padding',
    'data_format',
    'dilation_rate',
    'activation',
    'use_bias',
    'kernel_regularizer',
    'bias_regularizer',
    'kernel_constraint',
    'bias_constraint',
    ...more,
  ],
  variables: ['kernel', 'bias'],
})
const pooling = plain('pool_size', 'strides', 'padding', 'data_format')
const recurrent = (...more: string[]): KerasLayer => ({
  keys: [
    'units',
    'activation',
    'use_bias',
    'kernel_regularizer',
    'recurrent_regularizer',
    'bias_regularizer',
    'dropout',
    'recurrent_dropout',
    'return_sequences',
    'return_state',
    'go_backwards',
    'stateful',
    'unroll',
    ...more,
  ],
  variables: ['kernel', 'recurrent_kernel', 'bias'],
  cell: true,
})

/** By class. Models and wrappers of layers are in `keras.ts`. */
export const kerasLayers: Record<string, KerasLayer> = {
  Activation: plain('activation'),
  Add: plain(),
  Average: plain(),
  AveragePooling1D: pooling,
  AveragePooling2D: pooling,
  AveragePooling3D: pooling,
  BatchNormalization: {
    keys: ['axis', 'momentum', 'epsilon', 'center', 'scale', 'beta_regularizer', 'gamma_regularizer'],
    variables: ['gamma', 'beta', 'moving_mean', 'moving_variance'],
  },
  Concatenate: plain('axis'),
  Conv1D: convolution(),
  Conv2D: convolution(),
  Conv2DTranspose: convolution(),
  Conv3D: convolution(),
  Conv3DTranspose: convolution(),
  Cropping2D: plain('cropping', 'data_format'),
  Dense: {
    keys: [
      'units',
      'activation',
      'use_bias',
      'kernel_regularizer',
      'bias_regularizer',
      'kernel_constraint',
      'bias_constraint',
    ],
    variables: ['kernel', 'bias'],
  },
  DepthwiseConv2D: {
    keys: [
      'kernel_size',
      'strides',
      'padding',
      'depth_multiplier',
      'data_format',
      'dilation_rate',
      'activation',
      'use_bias',
    ],
    variables: ['depthwise_kernel', 'bias'],
  },
  Dot: plain('axes', 'normalize'),
  Dropout: plain('rate', 'noise_shape', 'seed'),
  ELU: plain('alpha'),
  Embedding: { keys: ['input_dim', 'output_dim', 'mask_zero'], variables: ['embeddings'] },
  Flatten: plain('data_format'),
  GaussianDropout: plain('rate'),
  GaussianNoise: plain('stddev'),
  GlobalAveragePooling1D: plain(),
  GlobalAveragePooling2D: plain('data_format'),
  GlobalMaxPooling1D: plain(),
  GlobalMaxPooling2D: plain('data_format'),
  GRU: recurrent('recurrent_activation', 'reset_after'),
  LayerNormalization: { keys: ['axis', 'epsilon', 'center', 'scale'], variables: ['gamma', 'beta'] },
  LeakyReLU: { keys: ['alpha'], variables: [], renamed: { alpha: 'negative_slope' } },
  LSTM: recurrent('recurrent_activation', 'unit_forget_bias'),
  Masking: plain('mask_value'),
  Maximum: plain(),
  MaxPooling1D: pooling,
  MaxPooling2D: pooling,
  MaxPooling3D: pooling,
  Minimum: plain(),
  Multiply: plain(),
  Permute: plain('dims'),
  PReLU: { keys: ['shared_axes'], variables: ['alpha'] },
  ReLU: plain('max_value'),
  RepeatVector: plain('n'),
  Rescaling: plain('scale', 'offset'),
  Reshape: plain('target_shape'),
  SeparableConv2D: {
    keys: [
      'filters',
      'kernel_size',
      'strides',
      'padding',
      'data_format',
      'dilation_rate',
      'depth_multiplier',
      'activation',
      'use_bias',
    ],
    variables: ['depthwise_kernel', 'pointwise_kernel', 'bias'],
  },
  SimpleRNN: recurrent(),
  Softmax: plain('axis'),
  SpatialDropout1D: plain('rate'),
  UpSampling2D: plain('size', 'data_format', 'interpolation'),
  ZeroPadding2D: plain('padding', 'data_format'),
}

/** Activations that both compute alike, by TensorFlow.js's name. */
export const kerasActivations: Record<string, string> = {
  linear: 'linear',
  relu: 'relu',
  relu6: 'relu6',
  elu: 'elu',
  selu: 'selu',
  sigmoid: 'sigmoid',
  softmax: 'softmax',
  log_softmax: 'log_softmax',
  softplus: 'softplus',
  softsign: 'softsign',
  tanh: 'tanh',
  swish: 'silu',
  mish: 'mish',
  gelu: 'gelu',
}
